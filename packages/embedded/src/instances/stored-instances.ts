import { type CimClass, type MethodResult, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';
import type { Repository, RepositoryReader, RepositoryWriter } from '../repository/repository.ts';
import { instanceKey } from './instance-path.ts';
import type { InstanceSource, PutMode, PutRequest } from './instance-source.ts';

/** The static instances of a namespace. */
export class StoredInstances implements InstanceSource {
  readonly #repository: Repository;
  readonly #namespace: string;

  constructor(repository: Repository, namespace: string) {
    this.#repository = repository;
    this.#namespace = namespace;
  }

  rows({ className }: CimClass): readonly [readonly PropertyBag[]] {
    return [Array.from(this.#repository.instances(this.#namespace, className), (i) => i.properties)];
  }

  async get(cls: CimClass, keys: PropertyBag): Promise<PropertyBag | null> {
    const key = instanceKey(cls, keys);
    return this.#repository.getInstance(this.#namespace, cls.className, key)?.properties ?? null;
  }

  async put(cls: CimClass, request: PutRequest): Promise<void> {
    await this.#repository.transact((writer) => this.inTransaction.put(writer, cls, request));
  }

  async delete(cls: CimClass, keys: PropertyBag): Promise<void> {
    await this.#repository.transact((writer) => this.inTransaction.delete(writer, cls, keys));
  }

  readonly inTransaction = {
    put: (writer: RepositoryWriter, cls: CimClass, { row, mode }: PutRequest): void => {
      const { className } = cls;
      const key = instanceKey(cls, row);
      checkMode(mode, this.#has(writer, className, key), key);
      writer.putInstance(this.#namespace, { className, key, properties: row });
    },
    delete: (writer: RepositoryWriter, cls: CimClass, keys: PropertyBag): void => {
      const key = instanceKey(cls, keys);
      if (!this.#has(writer, cls.className, key)) throw notFound(key);
      writer.deleteInstance(this.#namespace, cls.className, key);
    },
  };

  async execMethod(cls: CimClass, _keys: unknown, method: string): Promise<MethodResult> {
    throw new WbemError(
      WbemStatus.WBEM_E_METHOD_NOT_IMPLEMENTED,
      `${cls.className}.${method} has no provider that implements it`,
    );
  }

  #has(reader: RepositoryReader, className: string, key: string): boolean {
    return reader.getInstance(this.#namespace, className, key) !== undefined;
  }
}

/** @throws WbemError `WBEM_E_ALREADY_EXISTS` or `WBEM_E_NOT_FOUND` when the mode forbids what it would do. */
export function checkMode(mode: PutMode, exists: boolean, what: string): void {
  if (mode === 'createOnly' && exists)
    throw new WbemError(WbemStatus.WBEM_E_ALREADY_EXISTS, `${what} already exists`);
  if (mode === 'updateOnly' && !exists) throw notFound(what);
}

export function notFound(what: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `there is no ${what}`);
}
