import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** Everything that is fetched, built or written, all of it outside version control. */
export const cache = resolve(process.env.WMISEC_WINE_CACHE ?? join(root, '.cache/wine'));

/** Newest node.exe line that the Wine of Debian 12 can start. */
export const nodeVersion = '22.23.3';

export const nodeExe = join(cache, `node-${nodeVersion}`, 'bin/node.exe');
export const prefix = join(cache, 'prefix');
export const fixtures = join(cache, 'fixtures');
export const here = join(root, 'tooling/wine');

export const aptPackages = ['wine', 'wine64', 'gcc-mingw-w64-x86-64-posix', 'g++-mingw-w64-x86-64-posix'];

/** Exit code of run-native.mjs when the tests could not be run at all, as opposed to having failed. */
export const LEFT_OUT = 77;

/** A Unix path as Windows programs under Wine see it. */
export function windowsPath(path) {
  return `Z:${path}`;
}

/** The environment of Windows programs: a private prefix, no desktop, no debug output. */
export function wineEnvironment(extra = {}) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
  return {
    ...inherited,
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: process.env.WINEDEBUG ?? '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
    ...extra,
  };
}

/** A short name for the content of files and words, to tell whether something must be made again. */
export function fingerprint(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** @returns the text of a file, or `undefined` where there is none. */
export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
