import { execFileSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instanceOf } from '@wmisec/wbem';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm } from '../../events/testing.ts';
import { consumerClasses } from '../../system-classes/consumer-classes.ts';
import { logFile } from './log-file.ts';
import { openLogFile } from './log-file-handle.ts';

const cls = consumerClasses.find(({ className }) => className === 'LogFileEventConsumer')!;

/** Of the system. */
const MAKE_PIPE = '/usr/bin/mkfifo';

let base: string;
let folder: string;
let outside: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'wmisec-log-')));
  folder = join(base, 'logs');
  outside = join(base, 'outside');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  mkdirSync(outside);
});

afterEach(() => rmSync(base, { recursive: true }));

async function write(
  Filename: string,
  properties: Record<string, unknown> = {},
  Note = 'x',
  folders = [folder],
): Promise<void> {
  const consumer = instanceOf(cls, { Name: 'c', Filename, Text: 'Door %Door%: %Note%', ...properties });
  const { signal } = new AbortController();
  const context = {
    consumer,
    signal,
    namespace: 'root\\subscription',
    creator: 'S-1-5-32-544',
    publisher: null,
  } as const;
  await logFile(folders)(instanceOf(alarm, { Door: 1, Note }), context);
}

const refused = async (filename: string, code = 'WBEM_E_ACCESS_DENIED') => {
  await expect(write(filename)).rejects.toMatchObject({ code });
  expect(readdirSync(outside)).toEqual([]);
};

describe('rules 9.15 a log file', () => {
  test('is made, for its owner only, and gets a line for each event', async () => {
    const path = join(folder, 'app.log');
    await write(path);
    await write(path, {}, 'y');
    expect(readFileSync(path, 'utf8')).toBe('Door 1: x\r\nDoor 1: y\r\n');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    await write(join(folder, 'deep', 'app.log'));
    expect(readdirSync(join(folder, 'deep'))).toEqual(['app.log']);
  });

  test('takes no line breaks from an event, which could forge lines', async () => {
    const path = join(folder, 'app.log');
    await write(path, {}, 'x\r\nDoor 2: forged');
    expect(readFileSync(path, 'utf8')).toBe('Door 1: x\\r\\nDoor 2: forged\r\n');
  });

  test('with IsUnicode is UTF-16 with a mark, and stays what it is', async () => {
    const [wide, narrow] = [join(folder, 'wide.log'), join(folder, 'narrow.log')];
    await write(wide, { IsUnicode: true }, 'é');
    await write(wide, { IsUnicode: false }, 'ü');
    expect(readFileSync(wide).toString('utf16le')).toBe('\ufeffDoor 1: é\r\nDoor 1: ü\r\n');
    await write(narrow, {}, 'é');
    await write(narrow, { IsUnicode: true }, 'ü');
    expect(readFileSync(narrow, 'utf8')).toBe('Door 1: é\r\nDoor 1: ü\r\n');
  });

  test('is put aside before the line after the one that made it too large', async () => {
    const path = join(folder, 'app.log');
    for (const note of ['a', 'b', 'c', 'd']) await write(path, { MaximumFileSize: 15 }, note);
    expect(readdirSync(folder).sort()).toEqual(['app.001', 'app.log', 'deep']);
    expect(readFileSync(join(folder, 'app.001'), 'utf8')).toBe('Door 1: a\r\nDoor 1: b\r\n');
    expect(readFileSync(path, 'utf8')).toBe('Door 1: c\r\nDoor 1: d\r\n');
  });

  test('without a maximum grows, and has one of 65,535 bytes by default', async () => {
    const [free, bound] = [join(folder, 'free.log'), join(folder, 'bound.log')];
    for (const path of [free, bound]) writeFileSync(path, 'x'.repeat(65_536));
    await write(free, { MaximumFileSize: 0 });
    await write(bound);
    expect(readdirSync(folder).sort()).toEqual(['bound.001', 'bound.log', 'deep', 'free.log']);
  });
});

describe('rules 9.15 a log file is written in the folders that the owner names, and nowhere else', () => {
  test('no folder is one by default, and a relative one is refused', async () => {
    expect(() => logFile(['logs'])).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    await expect(write(join(folder, 'x.log'), {}, 'x', [])).rejects.toMatchObject({
      code: 'WBEM_E_ACCESS_DENIED',
    });
    expect(readdirSync(folder)).toEqual(['deep']);
  });

  test.each([
    ['another folder', () => join(outside, 'x.log')],
    ['a way up', () => `${folder}/../outside/x.log`],
    ['a folder whose name begins alike', () => `${folder}2/x.log`],
    ['a relative path', () => 'x.log'],
    ['the folder itself', () => folder],
    ['nothing', () => ''],
    ['a null character', () => join(folder, 'x\0.log')],
  ])('%s is refused', (_, path) => refused(path()));

  test('a folder that is not there is not made', () =>
    refused(join(folder, 'new', 'x.log'), 'WBEM_E_INVALID_PARAMETER'));

  test('a folder in place of the file is refused', () =>
    refused(join(folder, 'deep'), 'WBEM_E_INVALID_PARAMETER'));

  test('whatever the path, nothing outside is written', async () => {
    const segments = fc.array(fc.constantFrom('..', '.', 'deep', 'outside', 'x.log', '', 'logs', '\\..\\'), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(segments, async (list) => {
        await write([folder, ...list].join('/')).catch(() => {});
        expect(readdirSync(outside)).toEqual([]);
        expect(readdirSync(base).sort()).toEqual(['logs', 'outside']);
      }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('rules 9.15 a log file is never written through a link', () => {
  test('a file that is a symbolic link', async () => {
    symlinkSync(join(outside, 'x.log'), join(folder, 'x.log'));
    await refused(join(folder, 'x.log'));
  });

  test('a folder on the way that is a symbolic link, even to a folder that is allowed', async () => {
    symlinkSync(outside, join(folder, 'way'));
    symlinkSync(join(folder, 'deep'), join(folder, 'inner'));
    await refused(join(folder, 'way', 'x.log'));
    await refused(join(folder, 'inner', 'x.log'));
  });

  test('a folder further up that is a symbolic link', async () => {
    mkdirSync(join(base, 'real', 'sub'), { recursive: true });
    symlinkSync(join(base, 'real'), join(folder, 'way'));
    await refused(join(folder, 'way', 'sub', 'x.log'));
    expect(readdirSync(join(base, 'real', 'sub'))).toEqual([]);
  });

  test('a hard link', async () => {
    const target = join(base, 'target');
    writeFileSync(target, 'precious');
    linkSync(target, join(folder, 'x.log'));
    await refused(join(folder, 'x.log'));
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  test('a pipe or a device, for which it would wait', async () => {
    execFileSync(MAKE_PIPE, [join(folder, 'pipe.log')]);
    await refused(join(folder, 'pipe.log'));
  });

  test('an older file that is a link is not followed when the next one is put aside', async () => {
    writeFileSync(join(outside, 'kept'), '');
    symlinkSync(join(outside, 'kept'), join(folder, 'app.001'));
    const path = join(folder, 'app.log');
    for (const note of ['a', 'b', 'c']) await write(path, { MaximumFileSize: 1 }, note);
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('');
    expect(readdirSync(folder).sort()).toEqual(['app.001', 'app.002', 'app.003', 'app.log', 'deep']);
  });

  test('the folder that the owner names may be one itself', async () => {
    const real = join(base, 'real');
    mkdirSync(real);
    renameSync(folder, join(real, 'logs'));
    symlinkSync(join(real, 'logs'), folder);
    await write(join(folder, 'x.log'));
    expect(readdirSync(join(real, 'logs')).sort()).toEqual(['deep', 'x.log']);
  });
});

describe.skipIf(process.platform === 'win32')('where no folder can be held open', () => {
  const refusal = expect.objectContaining({ code: 'WBEM_E_ACCESS_DENIED' });
  const openWatched = (path: string) => {
    using file = openLogFile(join(folder, path), 'x.log', false);
    return closeSync(file.descriptor());
  };

  test('a plain file is opened', () => {
    openWatched('deep');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['x.log']);
  });

  test('a folder that is a link is refused, when the file is opened and when it becomes one before that', () => {
    symlinkSync(join(folder, 'deep'), join(folder, 'way'));
    expect(() => openWatched('way')).toThrow(refusal);
    using file = openLogFile(join(folder, 'deep'), 'x.log', false);
    renameSync(join(folder, 'deep'), join(folder, 'moved'));
    symlinkSync(join(folder, 'moved'), join(folder, 'deep'));
    expect(() => file.descriptor()).toThrow(refusal);
  });
});

test.runIf(process.platform === 'linux')(
  'a folder that is exchanged for a link once it is open stays the one that was',
  () => {
    using file = openLogFile(join(folder, 'deep'), 'x.log');
    renameSync(join(folder, 'deep'), join(folder, 'moved'));
    symlinkSync(outside, join(folder, 'deep'));
    expect(file.descriptor()).toBeGreaterThan(2);
    expect(readdirSync(outside)).toEqual([]);
    expect(readdirSync(join(folder, 'moved'))).toEqual(['x.log']);
  },
);
