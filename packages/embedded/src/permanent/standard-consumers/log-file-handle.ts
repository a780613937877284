import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { notAllowed } from './not-allowed.ts';

/** Where Linux has the open files of this process, by number: a folder there stays the one that was opened. */
const OPEN_FILES = '/proc/self/fd';

const { O_APPEND, O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;

/** For the eyes of the owner of the service only. */
const FILE_MODE = 0o600;

/** A file of a folder that is held open, so that neither can be exchanged for another. */
export interface LogFile extends Disposable {
  readonly name: string;
  /** Appends; made when it is missing. The caller closes it. */
  descriptor(): number;
  /** The names of the files beside it. */
  siblings(): string[];
  /** Gives the file another name in its folder. */
  rename(name: string): void;
}

/**
 * @param folder as it really is, without links. @param name in it.
 * @param canHold whether the system lets a folder be held open and gone through; default: as Linux does.
 * @throws WbemError `WBEM_E_ACCESS_DENIED` for a link on the way, and errors of the system.
 */
export function openLogFile(folder: string, name: string, canHold = process.platform === 'linux'): LogFile {
  return canHold ? heldFile(folder, name) : watchedFile(folder, name);
}

/** Goes through the folder that is open, whatever its path leads to by then. */
function heldFile(parent: string, name: string): LogFile {
  const folder = openSync(parent, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  const held = join(OPEN_FILES, String(folder));
  if (readlinkSync(held) !== parent) {
    closeSync(folder);
    throw isLink();
  }
  return fileIn(held, name, () => closeSync(folder));
}

/** Without that: looks once more, after it is open, whether it is what its path says. */
function watchedFile(parent: string, name: string): LogFile {
  const check = () => {
    if (realpathSync(parent) !== parent) throw isLink();
  };
  check();
  const file = fileIn(parent, name, () => {});
  const descriptor = () => {
    const opened = file.descriptor();
    const [a, b] = [fstatSync(opened), lstatSync(join(parent, name))];
    if (a.ino === b.ino && a.dev === b.dev && realpathSync(parent) === parent) return opened;
    closeSync(opened);
    throw isLink();
  };
  return { ...file, descriptor };
}

function fileIn(folder: string, name: string, close: () => void): LogFile {
  const path = join(folder, name);
  return {
    name,
    descriptor: () => openPlainFile(path),
    siblings: () => readdirSync(folder),
    rename: (other) => renameSync(path, join(folder, other)),
    [Symbol.dispose]: close,
  };
}

/** Not through a link of either kind, and no device or pipe, for which it would wait. */
function openPlainFile(path: string): number {
  const file = openSync(path, O_RDWR | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0), FILE_MODE);
  const found = fstatSync(file);
  if (found.isFile() && found.nlink === 1) return file;
  closeSync(file);
  throw isLink();
}

function isLink(): Error {
  return notAllowed('Filename: expected a plain file that no link leads to');
}
