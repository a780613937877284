import { type CimClass, foldName } from '@wmisec/wbem';
import { CachedRecords } from './cached-records.ts';
import { RecordKind } from './lmdb-keys.ts';
import type { LmdbRecords, RecordReader } from './lmdb-records.ts';
import { type LmdbStore, openLmdbStore } from './lmdb-store.ts';
import type {
  Repository,
  RepositoryReader,
  RepositoryWriter,
  StoredInstance,
  StoredNamespace,
} from './repository.ts';

export interface LmdbRepositoryOptions {
  /** Of its own for the store; made with access for this user only when it is missing. */
  readonly directory: string;
  /** Whether to make a store that is missing. Default true. */
  readonly create?: boolean | undefined;
}

/**
 * A repository on disk. A transaction that was acknowledged survives the end of the process and of the machine;
 * one that was not has left nothing behind. Several processes may use it at once, and see each other's writes.
 * @throws WmisecError `STORE_UNSAFE` for a directory that others can write or that belongs to somebody else,
 *   `STORE_CORRUPT` for files that are no store, `STORE_UNAVAILABLE` when it is missing, or cannot be
 *   made or opened.
 */
export async function lmdbRepository(options: LmdbRepositoryOptions): Promise<Repository> {
  const { directory, create = true } = options;
  return new LmdbRepository(await openLmdbStore(directory, create));
}

class LmdbReader implements RepositoryReader {
  readonly #records: RecordReader;

  constructor(records: RecordReader) {
    this.#records = records;
  }

  namespaces(): Iterable<StoredNamespace> {
    return this.#records.list(RecordKind.Namespace) as readonly StoredNamespace[];
  }

  getNamespace(path: string): StoredNamespace | undefined {
    return this.#records.get(RecordKind.Namespace, foldName(path)) as StoredNamespace | undefined;
  }

  classes(namespace: string): Iterable<CimClass> {
    return this.#records.list(RecordKind.Class, foldName(namespace)) as readonly CimClass[];
  }

  getClass(namespace: string, className: string): CimClass | undefined {
    const names = [foldName(namespace), foldName(className)];
    return this.#records.get(RecordKind.Class, ...names) as CimClass | undefined;
  }

  instances(namespace: string, className: string): Iterable<StoredInstance> {
    const names = [foldName(namespace), foldName(className)];
    return this.#records.list(RecordKind.Instance, ...names) as readonly StoredInstance[];
  }

  getInstance(namespace: string, className: string, key: string): StoredInstance | undefined {
    const names = [foldName(namespace), foldName(className), key];
    return this.#records.get(RecordKind.Instance, ...names) as StoredInstance | undefined;
  }

  privateRecords(collection: string): Iterable<unknown> {
    return this.#records.list(RecordKind.Private, collection);
  }

  getPrivateRecord(collection: string, key: string): unknown {
    return this.#records.get(RecordKind.Private, collection, key);
  }
}

class LmdbWriter extends LmdbReader implements RepositoryWriter {
  readonly #records: LmdbRecords;

  constructor(records: LmdbRecords) {
    super(records);
    this.#records = records;
  }

  putNamespace(namespace: StoredNamespace): void {
    this.#records.put(namespace, RecordKind.Namespace, foldName(namespace.path));
  }

  deleteNamespace(path: string): void {
    const namespace = foldName(path);
    this.#records.delete(RecordKind.Namespace, namespace);
    this.#records.deleteBelow(RecordKind.Class, namespace);
    this.#records.deleteBelow(RecordKind.Instance, namespace);
  }

  putClass(namespace: string, cls: CimClass): void {
    this.#requireNamespace(namespace);
    this.#records.put(cls, RecordKind.Class, foldName(namespace), foldName(cls.className));
  }

  deleteClass(namespace: string, className: string): void {
    const names = [foldName(namespace), foldName(className)];
    this.#records.delete(RecordKind.Class, ...names);
    this.#records.deleteBelow(RecordKind.Instance, ...names);
  }

  putInstance(namespace: string, instance: StoredInstance): void {
    this.#requireNamespace(namespace);
    const names = [foldName(namespace), foldName(instance.className), instance.key];
    this.#records.put(instance, RecordKind.Instance, ...names);
  }

  deleteInstance(namespace: string, className: string, key: string): void {
    this.#records.delete(RecordKind.Instance, foldName(namespace), foldName(className), key);
  }

  putPrivateRecord(collection: string, key: string, record: unknown): void {
    this.#records.put(record, RecordKind.Private, collection, key);
  }

  deletePrivateRecord(collection: string, key: string): void {
    this.#records.delete(RecordKind.Private, collection, key);
  }

  #requireNamespace(path: string): void {
    if (this.getNamespace(path) === undefined)
      throw new RangeError(`the repository has no namespace ${path}`);
  }
}

class LmdbRepository extends LmdbReader implements Repository {
  readonly #store: LmdbStore;

  constructor(store: LmdbStore) {
    super(new CachedRecords(store));
    this.#store = store;
  }

  async transact<T>(body: (writer: RepositoryWriter) => T): Promise<T> {
    return this.#store.transact((records) => body(new LmdbWriter(records)));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#store[Symbol.asyncDispose]();
  }
}
