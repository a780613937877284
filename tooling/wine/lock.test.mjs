import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { joinUsers, withLock } from './lock.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wmisec-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('one holder at a time, and the next when it fails', async () => {
  const seen = [];
  const slow = withLock(folder, async () => {
    seen.push('in');
    await sleep(50);
    seen.push('out');
    throw new Error('failed');
  });
  await expect(Promise.all([slow, withLock(folder, () => seen.push('next'))])).rejects.toThrow('failed');
  await expect.poll(() => seen).toEqual(['in', 'out', 'next']);
});

test('folders do not wait for each other', async () => {
  await withLock(folder, () => withLock(`${folder}-other`, () => {}));
});

test('the last user is told so, and the dead do not count', () => {
  writeFileSync(join(folder, '4194304'), '');
  const users = joinUsers(folder);
  expect(readdirSync(folder)).toContain(String(process.pid));
  expect(users.leave()).toBe(true);
});

test('someone who is still there is told apart', () => {
  const users = joinUsers(folder);
  writeFileSync(join(folder, '1'), '');
  expect(users.leave()).toBe(false);
});
