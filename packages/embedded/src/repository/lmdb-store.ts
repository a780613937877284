import { statSync } from 'node:fs';
import { join } from 'node:path';
import { WmisecError } from '@wmisec/wbem';
import { prepareStoreDirectory } from './lmdb-directory.ts';
import { type LmdbDatabase, LmdbRecords, type RecordReader } from './lmdb-records.ts';

/**
 * Opens a store, and makes it when there is none. Several processes may have it open.
 * @throws WmisecError `STORE_UNSAFE` and `STORE_UNAVAILABLE` as `prepareStoreDirectory` does, `STORE_UNAVAILABLE`
 *   where LMDB has no binary for the platform, `STORE_CORRUPT` for files that hold no complete store.
 */
export async function openLmdbStore(directory: string): Promise<LmdbStore> {
  prepareStoreDirectory(directory);
  const { open } = await import('lmdb').catch((cause: unknown) => {
    throw new WmisecError('STORE_UNAVAILABLE', 'LMDB has no binary for this platform', { cause });
  });
  // A commit that is acknowledged has reached the disk: no overlapping sync.
  const options = { noSubdir: false, encoding: 'binary', overlappingSync: false } as const;
  let database: LmdbDatabase;
  try {
    database = open<Buffer, string>(directory, options);
  } catch (cause) {
    throw corrupt(`expected a store in ${directory}, but its files cannot be read as one`, cause);
  }
  await requireWhole(directory, database);
  return new LmdbStore(directory, database);
}

/** A page that the file lacks would end the process when it is read. */
async function requireWhole(directory: string, database: LmdbDatabase): Promise<void> {
  const { lastPageNumber, pageSize } = database.getStats() as { lastPageNumber: number; pageSize: number };
  const expected = (lastPageNumber + 1) * pageSize;
  const { size } = statSync(join(directory, 'data.mdb'));
  if (size >= expected) return;
  await database.close();
  throw corrupt(`expected a store of ${expected} bytes in ${directory}, got ${size}`);
}

function corrupt(message: string, cause?: unknown): WmisecError {
  return new WmisecError('STORE_CORRUPT', message, { cause });
}

/** An open store. Reads are synchronous and see what any process last committed. */
export class LmdbStore implements AsyncDisposable {
  readonly #directory: string;
  readonly #database: LmdbDatabase;
  readonly #records: LmdbRecords;
  #closed = false;

  constructor(directory: string, database: LmdbDatabase) {
    this.#directory = directory;
    this.#database = database;
    this.#records = new LmdbRecords(directory, database);
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
      return this.#database.transactionSync(() => {
        const result = body(this.#records);
        this.#records.count();
        ran = true;
        return result;
      });
    } catch (cause) {
      if (!ran) throw cause;
      throw new WmisecError('STORE_UNAVAILABLE', `the store in ${this.#directory} cannot be written`, {
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
    throw new WmisecError('DISPOSED', `the store in ${this.#directory} is closed`);
  }
}
