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
    const entries = this.#database.getRange(keyRange(kind, ...names));
    return Array.from(entries, ({ key, value }) => this.#decoded(key, value))
      .sort((a, b) => a.number - b.number)
      .map(({ value }) => value);
  }

  /** A record that was there keeps its place in the order. */
  put(value: unknown, kind: RecordKind, ...names: readonly string[]): void {
    const key = recordKey(kind, ...names);
    const number = this.#record(key)?.number ?? this.count();
    this.#database.putSync(key, encodeRecord({ number, value }));
  }

  delete(kind: RecordKind, ...names: readonly string[]): void {
    this.#database.removeSync(recordKey(kind, ...names));
  }

  deleteBelow(kind: RecordKind, ...names: readonly string[]): void {
    for (const key of Array.from(this.#database.getKeys(keyRange(kind, ...names))))
      this.#database.removeSync(key);
  }

  /** Counts one more write. */
  count(): number {
    const count = this.counter() + 1;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(count);
    this.#database.putSync(COUNTER, bytes);
    return count;
  }

  /** How many writes there were. */
  counter(): number {
    const bytes = this.#database.getBinary(COUNTER);
    if (bytes === undefined) return 0;
    if (bytes.length !== 8) throw this.#corrupt(COUNTER);
    return bytes.readDoubleBE(0);
  }

  #record(key: string): NumberedRecord | undefined {
    const bytes = this.#database.getBinary(key);
    return bytes === undefined ? undefined : this.#decoded(key, bytes);
  }

  #decoded(key: string, bytes: Buffer): NumberedRecord {
    try {
      return decodeRecord(bytes);
    } catch (cause) {
      throw this.#corrupt(key, cause);
    }
  }

  #corrupt(key: string, cause?: unknown): WmisecError {
    const why = cause instanceof RangeError ? `: ${cause.message}` : '';
    return new WmisecError('STORE_CORRUPT', `the record ${key} of the store ${this.#path} is damaged${why}`, {
      cause,
    });
  }
}
