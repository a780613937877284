import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere } from './config.mjs';

/** Runs `action` while no other process on this machine holds the lock file; takes over from the dead. */
export async function withLock(path, action) {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = Date.now() + 10 * 60_000;
  while (!take(path)) {
    if (Date.now() > deadline) throw new Error(`${path} has been held for ten minutes; delete it to go on`);
    await sleep(100);
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Counts the processes that use something at the same time, so that the last one can put it away. */
export function joinUsers(folder) {
  mkdirSync(folder, { recursive: true });
  const mine = join(folder, String(process.pid));
  writeFileSync(mine, '');
  return {
    /** @returns whether nobody else is left. */
    leave() {
      rmSync(mine, { force: true });
      return readdirSync(folder).every((pid) => !alive(Number(pid)));
    },
  };
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = readIfThere(path);
  if (owner && !alive(Number(owner))) rmSync(path, { force: true });
  return false;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
