import type { CimClass, CimQualifier, Condition, MethodResult, PropertyBag } from '@wmisec/wbem';
import type { RepositoryWriter } from '../repository/repository.ts';
import type { ServerCall } from '../server/server-call.ts';

export type PutMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';

export interface PutRequest {
  readonly row: PropertyBag;
  readonly mode: PutMode;
  /** Those of the instance itself: orders to the service, such as `RequiresEncryption`. */
  readonly qualifiers: readonly CimQualifier[];
}

/** What is wanted of the instances of a class. */
export interface ReadRequest {
  /** Which properties are read, in declared case; null for all. */
  readonly properties: ReadonlySet<string> | null;
  /** What the rows that are wanted meet; others may come too. null for nothing. */
  readonly where: Condition | null;
}

export const READ_ALL: ReadRequest = { properties: null, where: null };

/** Rows in batches, as a provider or the repository has them. */
export type RowBatches = Iterable<readonly PropertyBag[]> | AsyncIterable<readonly PropertyBag[]>;

/** Where the instances of a class come from: the repository, a provider, or the service itself. */
export interface InstanceSource {
  /** The qualifiers that an instance which was got has of its own. Default: none. */
  qualifiers?(): readonly CimQualifier[];
  /** The instances of the class itself, none of its descendants. */
  rows(cls: CimClass, read: ReadRequest, call: ServerCall): RowBatches;
  /** @returns null when there is no such instance. */
  get(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<PropertyBag | null>;
  put(cls: CimClass, request: PutRequest, call: ServerCall): Promise<void>;
  delete(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<void>;
  /** The same inside of a transaction with other changes. Absent where instances are not in the repository. */
  readonly inTransaction?: {
    put(writer: RepositoryWriter, cls: CimClass, request: PutRequest): void;
    delete(writer: RepositoryWriter, cls: CimClass, keys: PropertyBag): void;
  };
  /** @param keys null for a static method. */
  execMethod(
    cls: CimClass,
    keys: PropertyBag | null,
    method: string,
    inParams: PropertyBag,
    call: ServerCall,
  ): Promise<MethodResult>;
}
