import type { CimClass } from '@wmisec/wbem';
import type {
  Repository,
  RepositoryReader,
  RepositoryWriter,
  StoredInstance,
  StoredNamespace,
} from '../repository/repository.ts';
import type { RepositoryChange } from './repository-change.ts';

/** Hears of what transactions changed, once they are committed. It must not throw. */
export type RepositoryObserver = (changes: readonly RepositoryChange[]) => void;

/** A repository whose changes are told; what it keeps for the service itself is not. It owns the one it is given. */
export function observedRepository(repository: Repository, observer: RepositoryObserver): Repository {
  return new ObservedRepository(repository, observer);
}

class Reader<Inner extends RepositoryReader> implements RepositoryReader {
  protected readonly inner: Inner;

  constructor(inner: Inner) {
    this.inner = inner;
  }

  namespaces(): Iterable<StoredNamespace> {
    return this.inner.namespaces();
  }

  getNamespace(path: string): StoredNamespace | undefined {
    return this.inner.getNamespace(path);
  }

  classes(namespace: string): Iterable<CimClass> {
    return this.inner.classes(namespace);
  }

  getClass(namespace: string, className: string): CimClass | undefined {
    return this.inner.getClass(namespace, className);
  }

  instances(namespace: string, className: string): Iterable<StoredInstance> {
    return this.inner.instances(namespace, className);
  }

  getInstance(namespace: string, className: string, key: string): StoredInstance | undefined {
    return this.inner.getInstance(namespace, className, key);
  }

  privateRecords(collection: string): Iterable<unknown> {
    return this.inner.privateRecords(collection);
  }

  getPrivateRecord(collection: string, key: string): unknown {
    return this.inner.getPrivateRecord(collection, key);
  }
}

class ObservedRepository extends Reader<Repository> implements Repository {
  readonly #observer: RepositoryObserver;

  constructor(inner: Repository, observer: RepositoryObserver) {
    super(inner);
    this.#observer = observer;
  }

  async transact<T>(body: (writer: RepositoryWriter) => T): Promise<T> {
    let changes: RepositoryChange[] = [];
    const result = await this.inner.transact((writer) => {
      changes = [];
      return body(new RecordingWriter(writer, changes));
    });
    this.#observer(changes);
    return result;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.inner[Symbol.asyncDispose]() as Promise<void>;
  }
}

class RecordingWriter extends Reader<RepositoryWriter> implements RepositoryWriter {
  readonly #changes: RepositoryChange[];

  constructor(inner: RepositoryWriter, changes: RepositoryChange[]) {
    super(inner);
    this.#changes = changes;
  }

  putNamespace(after: StoredNamespace): void {
    const before = this.getNamespace(after.path) ?? null;
    this.inner.putNamespace(after);
    this.#changes.push({ kind: 'namespace', path: after.path, existed: before !== null, exists: true });
  }

  deleteNamespace(path: string): void {
    const before = this.getNamespace(path);
    this.inner.deleteNamespace(path);
    if (before !== undefined)
      this.#changes.push({ kind: 'namespace', path: before.path, existed: true, exists: false });
  }

  putClass(namespace: string, after: CimClass): void {
    const before = this.getClass(namespace, after.className) ?? null;
    this.inner.putClass(namespace, after);
    this.#changes.push({ kind: 'class', namespace, before, after });
  }

  deleteClass(namespace: string, className: string): void {
    const before = this.getClass(namespace, className);
    this.inner.deleteClass(namespace, className);
    if (before !== undefined) this.#changes.push({ kind: 'class', namespace, before, after: null });
  }

  putInstance(namespace: string, after: StoredInstance): void {
    const { className, key } = after;
    const before = this.getInstance(namespace, className, key)?.properties ?? null;
    this.inner.putInstance(namespace, after);
    this.#changes.push({ kind: 'instance', namespace, className, before, after: after.properties });
  }

  deleteInstance(namespace: string, className: string, key: string): void {
    const before = this.getInstance(namespace, className, key)?.properties;
    this.inner.deleteInstance(namespace, className, key);
    if (before !== undefined)
      this.#changes.push({ kind: 'instance', namespace, className, before, after: null });
  }

  putPrivateRecord(collection: string, key: string, record: unknown): void {
    this.inner.putPrivateRecord(collection, key, record);
  }

  deletePrivateRecord(collection: string, key: string): void {
    this.inner.deletePrivateRecord(collection, key);
  }
}
