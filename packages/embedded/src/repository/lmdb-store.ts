import { join } from 'node:path';
import { WmisecError } from '@wmisec/wbem';
import { prepareStoreDirectory } from './lmdb-directory.ts';
import { fillUpFile, requireLmdbFile, requireWholeFile } from './lmdb-file.ts';
import { type LmdbDatabase, LmdbRecords, type RecordReader } from './lmdb-records.ts';

/**
 * Opens a store. Several processes may have it open.
 * @throws WmisecError `STORE_UNSAFE` and `STORE_UNAVAILABLE` as `prepareStoreDirectory` does, `STORE_UNAVAILABLE`
 *   where LMDB has no binary for the platform, `STORE_CORRUPT` for files that hold no complete store.
 */
export async function openLmdbStore(directory: string, create: boolean): Promise<LmdbStore> {
  prepareStoreDirectory(directory, create);
  const { open } = await import('lmdb').catch((cause: unknown) => {
    throw new WmisecError('STORE_UNAVAILABLE', 'LMDB has no binary for this platform', { cause });
  });
  const data = join(directory, 'data.mdb');
  requireLmdbFile(data);
  // A commit that is acknowledged has reached the disk: no overlapping sync.
  const database = open<Buffer, string>(directory, {
    noSubdir: false,
    encoding: 'binary',
    overlappingSync: false,
  });
  try {
    requireWholeFile(data, database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new LmdbStore(data, database);
}

/** An open store. Reads are synchronous and see what any process last committed. */
export class LmdbStore implements AsyncDisposable {
  readonly #path: string;
  readonly #database: LmdbDatabase;
  readonly #records: LmdbRecords;
  #closed = false;

  /** @param path of the data. */
  constructor(path: string, database: LmdbDatabase) {
    this.#path = path;
    this.#database = database;
    this.#records = new LmdbRecords(path, database);
  }

  get records(): RecordReader {
    return this.#records;
  }

  /**
   * Makes reads see the present.
   * @returns a number that changes with every transaction that any process commits.
   * @throws WmisecError `DISPOSED`.
   */
  refresh(): number {
    this.#requireOpen();
    this.#database.resetReadTxn();
    return this.#records.counter();
  }

  /**
   * Runs `body` alone in all processes. What it wrote is on disk afterwards, or none of it when it throws.
   * @throws WmisecError `DISPOSED`, `STORE_UNAVAILABLE` when the disk does not take it, and what `body` throws.
   */
  transact<T>(body: (records: LmdbRecords) => T): T {
    this.#requireOpen();
    let ran = false;
    try {
      const outcome = this.#database.transactionSync(() => {
        const result = body(this.#records);
        this.#records.count();
        ran = true;
        return result;
      });
      fillUpFile(this.#path, this.#database);
      return outcome;
    } catch (cause) {
      if (!ran) throw cause;
      throw new WmisecError('STORE_UNAVAILABLE', `the store ${this.#path} cannot be written`, {
        cause,
      });
    }
  }

  /** Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#database.close();
  }

  #requireOpen(): void {
    if (!this.#closed) return;
    throw new WmisecError('DISPOSED', `the store ${this.#path} is closed`);
  }
}
