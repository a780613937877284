import type { CimClass, MethodResult, PropertyBag, Provider, ProviderRequest } from '@wmisec/wbem';
import { callProvider, requireMember } from '../provider-host/call-provider.ts';
import type { ProviderGate } from '../provider-host/provider-gate.ts';
import { providerRows } from '../provider-host/provider-rows.ts';
import { callerOf, type ServerCall } from '../server/server-call.ts';
import { instanceKey, keyProperties } from './instance-path.ts';
import type { InstanceSource, PutRequest, RowBatches } from './instance-source.ts';
import { checkMode } from './stored-instances.ts';

/** The dynamic instances that one provider serves in a namespace. */
export class ProvidedInstances implements InstanceSource {
  readonly #provider: Provider;
  readonly #namespace: string;
  readonly #gate: ProviderGate;

  constructor(provider: Provider, namespace: string, gate: ProviderGate) {
    this.#provider = provider;
    this.#namespace = namespace;
    this.#gate = gate;
  }

  rows(cls: CimClass, properties: ReadonlySet<string> | null, call: ServerCall): RowBatches {
    const enumerate = requireMember(this.#provider, 'enumerate', cls.className);
    const request = { ...this.#request(call), properties };
    const show = this.#gate.enterRead(cls, call);
    const rows = providerRows(this.#provider, call, () =>
      enumerate.call(this.#provider, cls.className, request),
    );
    return show === null ? rows : shownRows(rows, show);
  }

  async get(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<PropertyBag | null> {
    const { getInstance } = this.#provider;
    if (getInstance === undefined) return this.#find(cls, keys, call);
    const show = this.#gate.enterRead(cls, call);
    const row = await callProvider(this.#provider, call, () =>
      getInstance.call(this.#provider, cls.className, keys, this.#request(call)),
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
    await callProvider(this.#provider, call, () =>
      putInstance.call(this.#provider, cls.className, row, this.#request(call)),
    );
  }

  async delete(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<void> {
    const deleteInstance = requireMember(this.#provider, 'deleteInstance', cls.className);
    await callProvider(this.#provider, call, () =>
      deleteInstance.call(this.#provider, cls.className, keys, this.#request(call)),
    );
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
    return callProvider(this.#provider, call, () =>
      execMethod.call(this.#provider, cls.className, keys, method, inParams, this.#request(call)),
    );
  }

  /** For a provider that can only enumerate. */
  async #find(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<PropertyBag | null> {
    const wanted = instanceKey(cls, keys);
    for await (const rows of this.rows(cls, null, call)) {
      const found = rows.find((row) => instanceKey(cls, row) === wanted);
      if (found !== undefined) return found;
    }
    return null;
  }

  #request(call: ServerCall): ProviderRequest {
    return {
      namespace: this.#namespace,
      caller: callerOf(call),
      signal: call.signal,
      context: call.context,
    };
  }
}

async function* shownRows(
  batches: AsyncIterable<readonly PropertyBag[]>,
  show: (row: PropertyBag) => PropertyBag,
): AsyncGenerator<readonly PropertyBag[], void> {
  for await (const rows of batches) yield rows.map(show);
}
