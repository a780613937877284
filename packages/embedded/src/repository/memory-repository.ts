import type { CimClass } from '@wmisec/wbem';
import type { Repository, RepositoryWriter, StoredInstance, StoredNamespace } from './repository.ts';

interface Contents {
  readonly classes: Map<string, CimClass>;
  readonly instances: Map<string, Map<string, StoredInstance>>;
}

/** A repository that lasts as long as the process: for tests and for services that keep nothing. */
export function memoryRepository(): Repository {
  return new MemoryRepository();
}

class MemoryRepository implements Repository, RepositoryWriter {
  readonly #namespaces = new Map<string, StoredNamespace>();
  readonly #contents = new Map<string, Contents>();
  readonly #private = new Map<string, Map<string, unknown>>();
  /** How to take back what the running transaction has written, oldest first. */
  readonly #undo: (() => void)[] = [];

  async transact<T>(body: (writer: RepositoryWriter) => T): Promise<T> {
    try {
      return body(this);
    } catch (error) {
      for (const takeBack of this.#undo.reverse()) takeBack();
      throw error;
    } finally {
      this.#undo.length = 0;
    }
  }

  namespaces(): Iterable<StoredNamespace> {
    return [...this.#namespaces.values()];
  }

  getNamespace(path: string): StoredNamespace | undefined {
    return this.#namespaces.get(fold(path));
  }

  classes(namespace: string): Iterable<CimClass> {
    return [...(this.#contents.get(fold(namespace))?.classes.values() ?? [])];
  }

  getClass(namespace: string, className: string): CimClass | undefined {
    return this.#contents.get(fold(namespace))?.classes.get(fold(className));
  }

  instances(namespace: string, className: string): Iterable<StoredInstance> {
    return [...(this.#instancesOf(namespace, className)?.values() ?? [])];
  }

  getInstance(namespace: string, className: string, key: string): StoredInstance | undefined {
    return this.#instancesOf(namespace, className)?.get(key);
  }

  privateRecords(collection: string): Iterable<unknown> {
    return [...(this.#private.get(collection)?.values() ?? [])];
  }

  getPrivateRecord(collection: string, key: string): unknown {
    return this.#private.get(collection)?.get(key);
  }

  putNamespace(namespace: StoredNamespace): void {
    const key = fold(namespace.path);
    this.#set(this.#namespaces, key, namespace);
    if (!this.#contents.has(key))
      this.#set(this.#contents, key, { classes: new Map(), instances: new Map() });
  }

  deleteNamespace(path: string): void {
    this.#delete(this.#namespaces, fold(path));
    this.#delete(this.#contents, fold(path));
  }

  putClass(namespace: string, cls: CimClass): void {
    this.#set(this.#contentsOf(namespace).classes, fold(cls.className), cls);
  }

  deleteClass(namespace: string, className: string): void {
    const { classes, instances } = this.#contentsOf(namespace);
    this.#delete(classes, fold(className));
    this.#delete(instances, fold(className));
  }

  putInstance(namespace: string, instance: StoredInstance): void {
    const { instances } = this.#contentsOf(namespace);
    const className = fold(instance.className);
    const ofClass = instances.get(className) ?? new Map<string, StoredInstance>();
    if (!instances.has(className)) this.#set(instances, className, ofClass);
    this.#set(ofClass, instance.key, instance);
  }

  deleteInstance(namespace: string, className: string, key: string): void {
    const ofClass = this.#instancesOf(namespace, className);
    if (ofClass !== undefined) this.#delete(ofClass, key);
  }

  putPrivateRecord(collection: string, key: string, record: unknown): void {
    const records = this.#private.get(collection) ?? new Map<string, unknown>();
    if (!this.#private.has(collection)) this.#set(this.#private, collection, records);
    this.#set(records, key, record);
  }

  deletePrivateRecord(collection: string, key: string): void {
    const records = this.#private.get(collection);
    if (records !== undefined) this.#delete(records, key);
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #contentsOf(namespace: string): Contents {
    const contents = this.#contents.get(fold(namespace));
    if (contents === undefined) throw new RangeError(`the repository has no namespace ${namespace}`);
    return contents;
  }

  #instancesOf(namespace: string, className: string): Map<string, StoredInstance> | undefined {
    return this.#contents.get(fold(namespace))?.instances.get(fold(className));
  }

  #set<T>(map: Map<string, T>, key: string, value: T): void {
    const before = map.get(key);
    this.#undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }

  #delete<T>(map: Map<string, T>, key: string): void {
    const before = map.get(key);
    if (before === undefined) return;
    this.#undo.push(() => map.set(key, before));
    map.delete(key);
  }
}

function fold(name: string): string {
  return name.toLowerCase();
}
