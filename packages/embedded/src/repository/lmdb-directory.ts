import { closeSync, existsSync, lstatSync, mkdirSync, openSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { WmisecError } from '@wmisec/wbem';

const FILES = ['data.mdb', 'lock.mdb'];
const OWNER_ONLY_DIRECTORY = 0o700;
const OWNER_ONLY_FILE = 0o600;
const OTHERS_WRITE = 0o022;
const OTHERS_USE = 0o077;

/**
 * Makes a directory for a store and its files, for the eyes of their owner only, or checks those that are
 * there. On Windows the access control of the parent directory decides.
 * @throws WmisecError `STORE_UNSAFE` for a directory that others can write, a file that others can read, and
 *   for what is no directory or belongs to somebody else; `STORE_UNAVAILABLE` when it cannot be made, or is missing
 *   and `create` is false.
 */
export function prepareStoreDirectory(directory: string, create: boolean): void {
  if (!create && !FILES.every((file) => existsSync(join(directory, file))))
    throw new WmisecError('STORE_UNAVAILABLE', `expected a store in ${directory}, got none`);
  const found = available(directory, () => {
    mkdirSync(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    return lstatSync(directory);
  });
  if (!found.isDirectory()) throw unsafe(`expected a directory, got something else at ${directory}`);
  requireOwn(directory, found, OTHERS_WRITE, 'written');
  for (const file of FILES) prepareFile(join(directory, file));
}

/** Makes the file before LMDB does, so that at no time it is open to others. */
function prepareFile(path: string): void {
  const found = available(path, () => {
    closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
    return lstatSync(path);
  });
  if (!found.isFile()) throw unsafe(`expected a file, got something else at ${path}`);
  requireOwn(path, found, OTHERS_USE, 'read or written');
}

function requireOwn(path: string, { mode, uid }: Stats, forbidden: number, verb: string): void {
  if (process.platform === 'win32') return;
  if (uid !== process.getuid?.()) throw unsafe(`expected ${path} to belong to this user, got user ${uid}`);
  if ((mode & forbidden) === 0) return;
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  throw unsafe(`expected ${path} to be ${verb} by its owner only, got mode ${shown}`);
}

function available<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new WmisecError('STORE_UNAVAILABLE', `expected to use ${path}, got ${reason}`, { cause });
  }
}

function unsafe(message: string): WmisecError {
  return new WmisecError('STORE_UNSAFE', message);
}
