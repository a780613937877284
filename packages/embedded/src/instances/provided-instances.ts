import type { CimClass, MethodResult, PropertyBag, Provider, ProviderRequest } from '@wmisec/wbem';
import { callProvider, requireMember } from '../provider-host/call-provider.ts';
import { type CallerLoan, callerOf } from '../provider-host/caller-of.ts';
import { checkedResult } from '../provider-host/checked-result.ts';
import type { ProviderGate } from '../provider-host/provider-gate.ts';
import type { ProviderHosting } from '../provider-host/provider-hosting.ts';
import { providerRows } from '../provider-host/provider-rows.ts';
import type { ServerCall } from '../server/server-call.ts';
import { instanceKey, keyProperties } from './instance-path.ts';
import {
  type InstanceSource,
  type PutRequest,
  READ_ALL,
  type ReadRequest,
  type RowBatches,
} from './instance-source.ts';
import { checkMode } from './stored-instances.ts';

export interface ProvidedInstancesOptions {
  readonly provider: Provider;
  readonly namespace: string;
  readonly gate: ProviderGate;
  readonly hosting: ProviderHosting;
}

/** The dynamic instances that one provider serves in a namespace. */
export class ProvidedInstances implements InstanceSource {
  readonly #provider: Provider;
  readonly #namespace: string;
  readonly #gate: ProviderGate;
  readonly #hosting: ProviderHosting;

  constructor({ provider, namespace, gate, hosting }: ProvidedInstancesOptions) {
    this.#provider = provider;
    this.#namespace = namespace;
    this.#gate = gate;
    this.#hosting = hosting;
  }

  rows(cls: CimClass, { properties, where }: ReadRequest, call: ServerCall): RowBatches {
    const enumerate = requireMember(this.#provider, 'enumerate', cls.className);
    const show = this.#gate.enterRead(cls, call);
    // Rows left out for the value of a property that the caller may not read would tell it.
    const loan = { over: false };
    const request = { ...this.#request(call, loan), properties, where: show === null ? where : null };
    const rows = providerRows(
      this.#provider,
      call,
      { impersonation: this.#hosting.impersonation, loan },
      () => enumerate.call(this.#provider, cls.className, request),
    );
    return show === null ? rows : shownRows(rows, show);
  }

  async get(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<PropertyBag | null> {
    const { getInstance } = this.#provider;
    if (getInstance === undefined) return this.#find(cls, keys, call);
    const show = this.#gate.enterRead(cls, call);
    const row = await this.#run(call, (request) =>
      getInstance.call(this.#provider, cls.className, keys, request),
    );
    return row === null || show === null ? row : show(row);
  }

  async put(cls: CimClass, { row, mode }: PutRequest, call: ServerCall): Promise<void> {
    const putInstance = requireMember(this.#provider, 'putInstance', cls.className);
    this.#gate.enterWrite(cls, call);
    if (mode !== 'createOrUpdate') {
      const keys = Object.fromEntries(keyProperties(cls).map(({ name }) => [name, row[name] ?? null]));
      checkMode(mode, (await this.get(cls, keys, call)) !== null, `such instance of ${cls.className}`);
    }
    await this.#run(call, (request) => putInstance.call(this.#provider, cls.className, row, request));
  }

  async delete(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<void> {
    const deleteInstance = requireMember(this.#provider, 'deleteInstance', cls.className);
    await this.#run(call, (request) => deleteInstance.call(this.#provider, cls.className, keys, request));
  }

  async execMethod(
    cls: CimClass,
    keys: PropertyBag | null,
    method: string,
    inParams: PropertyBag,
    call: ServerCall,
  ): Promise<MethodResult> {
    const execMethod = requireMember(this.#provider, 'execMethod', cls.className);
    this.#gate.enterMethod(cls, method, call);
    const result = await this.#run(call, (request) =>
      execMethod.call(this.#provider, cls.className, keys, method, inParams, request),
    );
    return checkedResult(cls, method, result);
  }

  /** For a provider that can only enumerate. */
  async #find(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<PropertyBag | null> {
    const wanted = instanceKey(cls, keys);
    for await (const rows of this.rows(cls, READ_ALL, call)) {
      const found = rows.find((row) => instanceKey(cls, row) === wanted);
      if (found !== undefined) return found;
    }
    return null;
  }

  async #run<T>(call: ServerCall, run: (request: ProviderRequest) => T | PromiseLike<T>): Promise<T> {
    const loan = { over: false };
    const serve = () => run(this.#request(call, loan));
    try {
      return await callProvider(this.#provider, call, () => this.#hosting.impersonation.runAsItself(serve));
    } finally {
      loan.over = true;
    }
  }

  #request(call: ServerCall, loan: CallerLoan): ProviderRequest {
    return {
      namespace: this.#namespace,
      caller: callerOf(call.principal, this.#hosting.impersonation, loan),
      signal: call.signal,
      context: call.context,
      openServices: this.#hosting.openServices,
    };
  }
}

async function* shownRows(
  batches: AsyncIterable<readonly PropertyBag[]>,
  show: (row: PropertyBag) => PropertyBag,
): AsyncGenerator<readonly PropertyBag[], void> {
  for await (const rows of batches) yield rows.map(show);
}
