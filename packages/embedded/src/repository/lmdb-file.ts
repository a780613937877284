import { closeSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import { endianness } from 'node:os';
import { WmisecError } from '@wmisec/wbem';
import type { LmdbDatabase } from './lmdb-records.ts';

/** What LMDB writes near the start of its first page: the magic number and, in 16 bits, the format. */
const MAGIC = endianness() === 'LE' ? [0xde, 0xc0, 0xef, 0xbe, 2, 0] : [0xbe, 0xef, 0xc0, 0xde, 0, 0, 0, 2];
const HEADER_BYTES = 64;

/**
 * LMDB ends the process when it is given a file of other content, so that is looked at first. An empty file is a
 * new store.
 * @throws WmisecError `STORE_CORRUPT`.
 */
export function requireLmdbFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(file, header, 0, HEADER_BYTES, 0);
    if (fstatSync(file).size === 0 || header.includes(Buffer.from(MAGIC))) return;
  } finally {
    closeSync(file);
  }
  throw corrupt(`expected ${path} to be the data of a store, got something else`);
}

/**
 * A page behind the end of the file would end the process when it is read.
 * @throws WmisecError `STORE_CORRUPT` for a file that lacks pages.
 */
export function requireWholeFile(path: string, database: LmdbDatabase): void {
  database.transactionSync(() => {
    const { expected, size } = sizes(path, database);
    if (size < expected) throw corrupt(`expected ${path} to have ${expected} bytes, got ${size}`);
  });
}

/** LMDB leaves out last pages that were freed as soon as they were made; filled up, the file tells what it lacks. */
export function fillUpFile(path: string, database: LmdbDatabase): void {
  const { expected, size } = sizes(path, database);
  if (size >= expected) return;
  // In a transaction, because no other process writes meanwhile.
  database.transactionSync(() => {
    const now = sizes(path, database);
    if (now.size < now.expected) truncateSync(path, now.expected);
  });
}

function sizes(path: string, database: LmdbDatabase): { expected: number; size: number } {
  const { lastPageNumber, pageSize } = database.getStats() as { lastPageNumber: number; pageSize: number };
  return { expected: (lastPageNumber + 1) * pageSize, size: statSync(path).size };
}

function corrupt(message: string, cause?: unknown): WmisecError {
  return new WmisecError('STORE_CORRUPT', message, { cause });
}
