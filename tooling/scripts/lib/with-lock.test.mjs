import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './with-lock.mjs';

let path;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'wmisec-lock-')), 'lock');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true }));

test('two holders never work at the same time', async () => {
  let working = 0;
  let most = 0;
  const work = async () => {
    working += 1;
    most = Math.max(most, working);
    await new Promise((done) => setTimeout(done, 20));
    working -= 1;
  };
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(most).toBe(1);
});

test('the lock is given back when the work fails', async () => {
  await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that has died is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path, String(pid));
  await expect(withLock(path, async () => 'done')).resolves.toBe('done');
});

test('a lock that stays taken is an error after the time limit', async () => {
  writeFileSync(path, String(process.pid));
  await expect(withLock(path, () => {}, { seconds: 0 })).rejects.toThrow('another process has held');
});
