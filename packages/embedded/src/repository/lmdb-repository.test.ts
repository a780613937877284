import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { lmdbRepository } from './lmdb-repository.ts';
import { type TemporaryDirectory, temporaryDirectory } from './testing.ts';

const namespace = { path: 'root\\Acme', descriptor: INHERITING_DESCRIPTOR, requiresEncryption: false };
const MARK = 'a mark that is easy to find';
const textOf = (n: number) => (n === 42 ? MARK : `plain ${n}`);

let temporary: TemporaryDirectory;
let directory: string;

beforeEach(() => {
  temporary = temporaryDirectory();
  directory = temporary.path;
});

afterEach(() => temporary[Symbol.dispose]());

const open = () => lmdbRepository({ directory });
const dataFile = () => join(directory, 'data.mdb');

async function written(): Promise<void> {
  await using repository = await open();
  await repository.transact((writer) => {
    writer.putNamespace(namespace);
    for (let n = 0; n < 300; n++)
      writer.putInstance('root\\Acme', { className: 'C', key: `${n}`, properties: { Text: textOf(n) } });
  });
}

test('what was written is there when it is opened again', async () => {
  await written();
  await using repository = await open();
  expect(repository.getNamespace('root\\acme')).toEqual(namespace);
  expect([...repository.instances('root\\Acme', 'C')]).toHaveLength(300);
});

test('a store whose last pages were freed at once is whole', async () => {
  await written();
  await using repository = await open();
  await repository.transact((writer) => {
    const big = { className: 'C', key: 'big', properties: { Text: 'x'.repeat(100_000) } };
    writer.putInstance('root\\Acme', big);
    writer.deleteInstance('root\\Acme', 'C', 'big');
  });
  await using again = await open();
  expect([...again.instances('root\\Acme', 'C')]).toHaveLength(300);
});

test('a store that is missing is made only when it may be', async () => {
  const existing = () => lmdbRepository({ directory, create: false });
  await expect(existing()).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: `expected a store in ${directory}, got none`,
  });
  expect(existsSync(directory)).toBe(false);
  await written();
  await using repository = await existing();
  expect(repository.getNamespace('root\\Acme')).toEqual(namespace);
});

test('two openings of one directory see what the other wrote', async () => {
  await using one = await open();
  await using other = await open();
  await one.transact((writer) => writer.putNamespace(namespace));
  expect(other.getNamespace('root\\Acme')).toEqual(namespace);
  await other.transact((writer) => writer.deleteNamespace('root\\Acme'));
  expect(one.getNamespace('root\\Acme')).toBeUndefined();
});

test('a repository that was disposed answers with a code, and can be disposed again', async () => {
  const repository = await open();
  await repository[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
  expect(() => repository.getNamespace('root')).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
  await expect(repository.transact(() => {})).rejects.toMatchObject({ code: 'DISPOSED' });
});

describe.skipIf(process.platform === 'win32')('a store is for the eyes of its owner', () => {
  const modeOf = (path: string) => lstatSync(path).mode & 0o777;

  test('its directory and files are made so', async () => {
    await written();
    expect([directory, dataFile(), join(directory, 'lock.mdb')].map(modeOf)).toEqual([0o700, 0o600, 0o600]);
  });

  test.each(['770', '777', '702'])('a directory of mode %s is refused', async (mode) => {
    mkdirSync(directory);
    chmodSync(directory, mode);
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_UNSAFE',
      message: expect.stringMatching(/^expected .* to be written by its owner only, got mode 07\d\d$/),
    });
  });

  test.each(['644', '640', '602'])('data of mode %s is refused', async (mode) => {
    await written();
    chmodSync(dataFile(), mode);
    await expect(open()).rejects.toMatchObject({ code: 'STORE_UNSAFE' });
  });

  test('a link in the place of the data is refused', async () => {
    mkdirSync(directory, { mode: 0o700 });
    symlinkSync('/etc/hostname', dataFile());
    await expect(open()).rejects.toMatchObject({ code: 'STORE_UNSAFE' });
  });

  test('a place where no directory can be is one sentence with a code', async () => {
    await expect(lmdbRepository({ directory: '/dev/null/store' })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'expected to use /dev/null/store, got ENOTDIR',
    });
    writeFileSync(directory, '');
    await expect(open()).rejects.toMatchObject({ code: expect.stringMatching(/^STORE_/) });
  });
});

describe('damage is one error with a code, and no crash', () => {
  test.each(['no store at all', 'x'.repeat(100_000)])('for a file of other content', async (content) => {
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(dataFile(), content, { mode: 0o600 });
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  test.each([0.25, 0.5, 0.9])('for a file of which only %d is left', async (part) => {
    await written();
    truncateSync(dataFile(), Math.floor(lstatSync(dataFile()).size * part));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  test('for a record whose bytes changed, and for that record only', async () => {
    await written();
    const bytes = readFileSync(dataFile());
    for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at)) bytes[at]! ^= 0x01;
    writeFileSync(dataFile(), bytes);
    await using repository = await open();
    const text = (n: number) => repository.getInstance('root\\Acme', 'C', `${n}`)?.properties['Text'];
    for (let n = 0; n < 300; n++) if (n !== 42) expect(text(n)).toBe(textOf(n));
    expect(() => text(42)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    expect(() => repository.instances('root\\Acme', 'C')).toThrow(/is damaged: its checksum does not match$/);
  });
});
