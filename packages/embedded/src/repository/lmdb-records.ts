import { WmisecError } from '@wmisec/wbem';
import type { RootDatabase } from 'lmdb';
import { keyRange, type RecordKind, recordKey } from './lmdb-keys.ts';
import { decodeRecord, encodeRecord, type NumberedRecord } from './lmdb-record.ts';

export type LmdbDatabase = RootDatabase<Buffer, string>;

/** Records by kind and names. Values are plain data. */
export interface RecordReader {
  get(kind: RecordKind, ...names: readonly string[]): unknown;
  /** All records below `names`, in the order of their creation. */
  list(kind: RecordKind, ...names: readonly string[]): readonly unknown[];
}

/** Holds the number of the last write, so that readers in other processes see that there was one. */
const COUNTER = 'counter';

/** The records of a database. Writes have to happen inside a transaction. */
export class LmdbRecords implements RecordReader {
  readonly #path: string;
  readonly #database: LmdbDatabase;

  constructor(path: string, database: LmdbDatabase) {
    this.#path = path;
    this.#database = database;
  }

  get(kind: RecordKind, ...names: readonly string[]): unknown {
    return this.#record(recordKey(kind, ...names))?.value;
  }

  list(kind: RecordKind, ...names: readonly string[]): readonly unknown[] {
    const entries = this.#use((database) => Array.from(database.getRange(keyRange(kind, ...names))));
    return entries
      .map(({ key, value }) => this.#decoded(key, value))
      .sort((a, b) => a.number - b.number)
      .map(({ value }) => value);
  }

  /** A record that was there keeps its place in the order. */
  put(value: unknown, kind: RecordKind, ...names: readonly string[]): void {
    const key = recordKey(kind, ...names);
    const number = this.#record(key)?.number ?? this.count();
    const bytes = encodeRecord({ number, value });
    this.#use((database) => database.putSync(key, bytes));
  }

  delete(kind: RecordKind, ...names: readonly string[]): void {
    this.#use((database) => database.removeSync(recordKey(kind, ...names)));
  }

  deleteBelow(kind: RecordKind, ...names: readonly string[]): void {
    this.#use((database) => {
      for (const key of Array.from(database.getKeys(keyRange(kind, ...names)))) database.removeSync(key);
    });
  }

  /** Counts one more write. */
  count(): number {
    const count = this.counter() + 1;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(count);
    this.#use((database) => database.putSync(COUNTER, bytes));
    return count;
  }

  /** How many writes there were. */
  counter(): number {
    // Read at once, so the buffer that LMDB uses again will do.
    const bytes = this.#use((database) => database.getBinaryFast(COUNTER));
    if (bytes === undefined) return 0;
    if (bytes.length !== 8) throw this.#corrupt(COUNTER);
    return bytes.readDoubleBE(0);
  }

  #record(key: string): NumberedRecord | undefined {
    const bytes = this.#use((database) => database.getBinary(key));
    return bytes === undefined ? undefined : this.#decoded(key, bytes);
  }

  #decoded(key: string, bytes: Buffer): NumberedRecord {
    try {
      return decodeRecord(bytes);
    } catch (cause) {
      throw this.#corrupt(key, cause);
    }
  }

  /** What LMDB throws is not for users. */
  #use<T>(use: (database: LmdbDatabase) => T): T {
    try {
      return use(this.#database);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : 'unknown';
      throw new WmisecError('STORE_UNAVAILABLE', `the store ${this.#path} cannot be used: ${why}`, { cause });
    }
  }

  #corrupt(key: string, cause?: unknown): WmisecError {
    const why = cause instanceof RangeError ? `: ${cause.message}` : '';
    return new WmisecError('STORE_CORRUPT', `the record ${key} of the store ${this.#path} is damaged${why}`, {
      cause,
    });
  }
}
