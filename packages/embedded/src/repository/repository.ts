import type { SecurityDescriptor } from '@wmisec/access';
import type { CimClass, PropertyBag } from '@wmisec/wbem';

export interface StoredNamespace {
  /** From the root, `root\cimv2`, in the case in which it was made. */
  readonly path: string;
  /** With the entries of the namespace itself; what it inherits is computed. */
  readonly descriptor: SecurityDescriptor;
  /** Calls have to arrive encrypted, docs/rules.md 8.7. */
  readonly requiresEncryption: boolean;
}

export interface StoredInstance {
  readonly className: string;
  /** Identifies the instance within its class, as `instanceKey` makes it. */
  readonly key: string;
  readonly properties: PropertyBag;
}

/** Names of namespaces and classes are equal in any case. */
export interface RepositoryReader {
  namespaces(): Iterable<StoredNamespace>;
  getNamespace(path: string): StoredNamespace | undefined;
  classes(namespace: string): Iterable<CimClass>;
  getClass(namespace: string, className: string): CimClass | undefined;
  /** The instances of the class itself, in the order of their creation; none of its descendants. */
  instances(namespace: string, className: string): Iterable<StoredInstance>;
  getInstance(namespace: string, className: string, key: string): StoredInstance | undefined;
  /**
   * What the service keeps for itself, such as accounts: plain data that no call of WMI reaches, in the order of
   * its creation. Collections and keys are told apart by case.
   */
  privateRecords(collection: string): Iterable<unknown>;
  getPrivateRecord(collection: string, key: string): unknown;
}

export interface RepositoryWriter extends RepositoryReader {
  putNamespace(namespace: StoredNamespace): void;
  /** Removes the namespace with its classes and instances; not the namespaces below it. */
  deleteNamespace(path: string): void;
  putClass(namespace: string, cls: CimClass): void;
  /** Removes the class with its instances; not its descendants. */
  deleteClass(namespace: string, className: string): void;
  putInstance(namespace: string, instance: StoredInstance): void;
  deleteInstance(namespace: string, className: string, key: string): void;
  putPrivateRecord(collection: string, key: string, record: unknown): void;
  deletePrivateRecord(collection: string, key: string): void;
}

/**
 * Where namespaces, static classes and static instances are kept. Reads are synchronous and see what was last
 * committed; writes are transactions.
 */
export interface Repository extends RepositoryReader, AsyncDisposable {
  /**
   * Runs `body` alone. What it wrote is durable, as far as the repository is, when the promise resolves; when
   * it throws, nothing was written.
   */
  transact<T>(body: (writer: RepositoryWriter) => T): Promise<T>;
}
