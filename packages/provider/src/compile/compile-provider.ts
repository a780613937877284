import { methodPrivileges, type PrivilegeName, writePrivileges } from '@wmisec/access';
import {
  type EnumerateRequest,
  type EventProvider,
  foldName,
  type MethodResult,
  type PropertyBag,
  type Provider,
  type ProviderRequest,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Descriptors } from '../caller/descriptors.ts';
import { HostedCaller } from '../caller/hosted-caller.ts';
import type { CompiledClass } from './compiled-class.ts';
import { computedProperties, computedRow, computedRows } from './computed-properties.ts';
import { shownRow, withheldFrom } from './guarded-properties.ts';
import { handlerError } from './handler-error.ts';
import { HostedCall, HostedEnumeration, HostedMethodCall } from './hosted-call.ts';
import { methodResult } from './method-result.ts';
import { rowBatches } from './row-batches.ts';
import { rowKey } from './row-key.ts';

export interface CompileOptions {
  readonly name: string;
  readonly classes: readonly CompiledClass[];
  readonly descriptors: Descriptors;
  readonly impersonates: boolean;
  readonly events: EventProvider | undefined;
}

/** The definition as hosts run it: the policy first, then the handler, then its result or its error. */
export class CompiledProvider implements Provider {
  readonly name: string;
  readonly classes: Provider['classes'];
  readonly events?: EventProvider;
  readonly #options: CompileOptions;
  readonly #served: ReadonlyMap<string, CompiledClass>;

  /** @param classes all that the provider brings, parents first. */
  constructor(options: CompileOptions, classes: Provider['classes']) {
    this.name = options.name;
    this.classes = classes;
    if (options.events !== undefined) this.events = options.events;
    this.#options = options;
    this.#served = new Map(options.classes.map((each) => [foldName(each.cls.className), each]));
  }

  async *enumerate(
    className: string,
    request: EnumerateRequest,
  ): AsyncGenerator<readonly PropertyBag[], void> {
    const served = this.#find(className);
    const call = new HostedEnumeration(request, this.#caller(served, request));
    yield* this.#rows(served, call);
    // What hosts read as the end of the rows, with this status.
    if (call.status !== WbemStatus.WBEM_S_NO_ERROR) throw new WbemError(call.status);
  }

  async getInstance(
    className: string,
    keys: PropertyBag,
    request: ProviderRequest,
  ): Promise<PropertyBag | null> {
    const served = this.#find(className);
    const { get } = served.handlers;
    if (get === undefined) return this.#findRow(served, keys, request);
    return this.#run(served, 'GetObject', async () => {
      const caller = this.#caller(served, request);
      caller.require('WBEM_ENABLE');
      const withheld = withheldFrom(caller, served);
      const call = new HostedCall(request, caller);
      const row = await get(keys, call);
      if (row === null) return null;
      const computed = computedProperties(served.handlers, null, withheld);
      return shownRow(await computedRow(row, computed, call), withheld);
    });
  }

  async putInstance(className: string, properties: PropertyBag, request: ProviderRequest): Promise<void> {
    const served = this.#find(className);
    const put = required(served, 'put', 'write');
    await this.#run(served, 'PutInstance', async () => {
      const caller = this.#caller(served, request);
      requirePrivileges(caller, writePrivileges(served.lineage));
      caller.require('WBEM_WRITE_PROVIDER');
      await put(properties, new HostedCall(request, caller));
    });
  }

  async deleteInstance(className: string, keys: PropertyBag, request: ProviderRequest): Promise<void> {
    const served = this.#find(className);
    const remove = required(served, 'delete', 'delete');
    await this.#run(served, 'DeleteInstance', async () => {
      const caller = this.#caller(served, request);
      caller.require('WBEM_WRITE_PROVIDER');
      await remove(keys, new HostedCall(request, caller));
    });
  }

  async execMethod(
    className: string,
    keys: PropertyBag | null,
    method: string,
    inParams: PropertyBag,
    request: ProviderRequest,
  ): Promise<MethodResult> {
    const served = this.#find(className);
    const { methods = {} } = served.handlers;
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (handler === undefined)
      throw new WbemError(
        WbemStatus.WBEM_E_METHOD_NOT_IMPLEMENTED,
        `the provider ${this.name} does not implement ${className}.${method}`,
      );
    return this.#run(served, 'ExecMethod', async () => {
      const caller = this.#caller(served, request);
      requirePrivileges(caller, methodPrivileges(served.lineage, method));
      caller.require('WBEM_METHOD_EXECUTE');
      return methodResult(await handler(inParams, new HostedMethodCall(request, caller, keys)));
    });
  }

  async *#rows(served: CompiledClass, call: HostedEnumeration): AsyncGenerator<readonly PropertyBag[], void> {
    const { enumerate } = served.handlers;
    if (enumerate === undefined) throw notCapable(served, 'enumerate');
    try {
      call.caller.require('WBEM_ENABLE');
      const withheld = withheldFrom(call.caller, served);
      // Rows left out for a value that the caller may not read would tell it.
      if (withheld.length > 0) call.hideCondition();
      const computed = computedProperties(served.handlers, call.properties, withheld);
      for await (const rows of rowBatches(await enumerate(call)))
        yield shownRows(computed.size === 0 ? rows : await computedRows(rows, computed, call), withheld);
    } catch (error) {
      throw this.#error(served, 'CreateInstanceEnum', error);
    }
  }

  /** For a class without `get`. */
  async #findRow(
    served: CompiledClass,
    keys: PropertyBag,
    request: ProviderRequest,
  ): Promise<PropertyBag | null> {
    const everything = { ...request, properties: null, where: null };
    const call = new HostedEnumeration(everything, this.#caller(served, request));
    const wanted = rowKey(served.cls, keys);
    for await (const rows of this.#rows(served, call)) {
      const found = rows.find((row) => rowKey(served.cls, row) === wanted);
      if (found !== undefined) return found;
    }
    return null;
  }

  #caller({ security }: CompiledClass, { caller }: ProviderRequest): HostedCaller {
    const { descriptors, impersonates } = this.#options;
    return new HostedCaller(caller, { security, descriptors, impersonates });
  }

  #find(className: string): CompiledClass {
    const served = this.#served.get(foldName(className));
    if (served !== undefined) return served;
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_CLASS,
      `the provider ${this.name} does not serve ${className}`,
    );
  }

  async #run<T>(served: CompiledClass, operation: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw this.#error(served, operation, error);
    }
  }

  #error({ cls }: CompiledClass, operation: string, error: unknown): WbemError {
    return handlerError({ provider: this.name, operation, subject: cls.className }, error);
  }
}

function shownRows(rows: readonly PropertyBag[], withheld: readonly string[]): readonly PropertyBag[] {
  return withheld.length === 0 ? rows : rows.map((row) => shownRow(row, withheld));
}

function requirePrivileges(caller: HostedCaller, privileges: readonly PrivilegeName[]): void {
  if (privileges.length > 0) caller.require({ privileges });
}

function required<K extends 'put' | 'delete'>(
  { cls, handlers }: CompiledClass,
  member: K,
  verb: string,
): NonNullable<CompiledClass['handlers'][K]> {
  const found = handlers[member];
  if (found !== undefined) return found as NonNullable<CompiledClass['handlers'][K]>;
  throw notCapable({ cls }, verb);
}

function notCapable({ cls }: Pick<CompiledClass, 'cls'>, verb: string): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_PROVIDER_NOT_CAPABLE,
    `the provider cannot ${verb} instances of ${cls.className}`,
  );
}
