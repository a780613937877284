import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { procFilesystem } from './proc-filesystem.ts';
import type { ProcessFacts } from './process-facts.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wmisec-proc-'));
  writeFileSync(join(root, 'stat'), 'cpu  1 2 3\nbtime 1700000000\nprocesses 5\n');
});

afterEach(() => rmSync(root, { recursive: true }));

/** A process as proc(5) describes its files. */
function add(pid: number, stat: string, files: Readonly<Record<string, string>> = {}): void {
  const directory = join(root, String(pid));
  mkdirSync(directory);
  writeFileSync(join(directory, 'stat'), stat);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

/** Fields 3 to 24: state, ppid, ..., minflt 7, majflt 2, utime 250, stime 125, nice -20, 4 threads, start 12345. */
const FIELDS = 'S 1 42 42 0 -1 4194560 7 0 2 0 250 125 0 0 0 -20 4 0 12345 8192000 250';

const find = async (pid: number) => (await procFilesystem(root).find(pid)) as ProcessFacts;

test('a process is read field by field', async () => {
  add(42, `42 (server) ${FIELDS}`, {
    cmdline: '/usr/bin/server\0--name\0a b\0',
    status: 'Name:\tserver\nUid:\t0\t0\t0\t0\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n',
  });
  symlinkSync('/usr/bin/server', join(root, '42', 'exe'));
  mkdirSync(join(root, '42', 'fd'));
  for (const fd of ['0', '1']) writeFileSync(join(root, '42', 'fd', fd), '');
  const facts = await find(42);
  expect({
    pid: facts.pid,
    parentPid: facts.parentPid,
    name: facts.name,
    commandLine: facts.commandLine,
    executablePath: facts.executablePath,
    started: facts.started?.toISOString(),
    threads: facts.threads,
    handles: facts.handles,
    kernelTime: facts.kernelTime,
    userTime: facts.userTime,
    workingSet: facts.workingSet,
    peakWorkingSet: facts.peakWorkingSet,
    virtualSize: facts.virtualSize,
    pageFaults: facts.pageFaults,
    priority: facts.priority,
    ownerName: facts.ownerName,
  }).toEqual({
    pid: 42,
    parentPid: 1,
    name: 'server',
    commandLine: '/usr/bin/server --name "a b"',
    executablePath: '/usr/bin/server',
    started: new Date(1_700_000_000_000 + 123_450).toISOString(),
    threads: 4,
    handles: 2,
    kernelTime: 12_500_000n,
    userTime: 25_000_000n,
    workingSet: 1_048_576n,
    peakWorkingSet: 2_097_152n,
    virtualSize: 8_192_000n,
    pageFaults: 9,
    priority: 15,
    ownerName: 'root',
  });
});

test('a name may hold blanks and brackets', async () => {
  add(7, `7 (a) b (c)) ${FIELDS}`);
  expect(await find(7)).toMatchObject({ name: 'a) b (c)', parentPid: 1 });
});

test('a name that the kernel cut is completed from the command line', async () => {
  add(8, `8 (systemd-journal) ${FIELDS}`, { cmdline: '/lib/systemd/systemd-journald\0' });
  add(9, `9 (systemd-journal) ${FIELDS}`, { cmdline: 'something else\0' });
  expect((await find(8)).name).toBe('systemd-journald');
  expect((await find(9)).name).toBe('systemd-journal');
});

test('what cannot be read is null', async () => {
  add(2, `2 (kthreadd) ${FIELDS}`);
  const { commandLine, executablePath, handles, workingSet, peakWorkingSet, ownerName } = await find(2);
  expect([commandLine, executablePath, handles, workingSet, peakWorkingSet, ownerName]).toEqual(
    Array(6).fill(null),
  );
});

test('processes that ended meanwhile, and files that are no processes, are left out', async () => {
  add(3, `3 (x) ${FIELDS}`);
  mkdirSync(join(root, '4'));
  mkdirSync(join(root, 'sys'));
  const listed: number[] = [];
  for await (const batch of procFilesystem(root).list()) listed.push(...batch.map(({ pid }) => pid));
  expect(listed).toEqual([3]);
  expect(await find(99)).toBeNull();
});
