import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint } from './config.mjs';

/**
 * Runs `action` while no other process on this machine does so for the same folder. The lock is a socket
 * without a file, which the system takes back when its owner dies.
 * @throws Error when it is not free within ten minutes
 */
export async function withLock(folder, action) {
  const deadline = Date.now() + 10 * 60_000;
  let lock = await take(folder);
  while (lock === undefined) {
    if (Date.now() > deadline) throw new Error(`another process has worked in ${folder} for ten minutes`);
    await sleep(100);
    lock = await take(folder);
  }
  try {
    return await action();
  } finally {
    lock.close();
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

function take(folder) {
  const name = `wmisec-${fingerprint(folder)}`;
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`;
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? done(undefined) : fail(error)));
    server.listen({ path }, () => done(server));
  });
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
