import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `action` while no other process holds the lock file `path`. A lock whose owner has died is taken over.
 * @throws Error when it is not free within `seconds`
 */
export async function withLock(path, action, { seconds = 600, onWait = () => {} } = {}) {
  const deadline = Date.now() + seconds * 1000;
  mkdirSync(dirname(path), { recursive: true });
  for (let tries = 0; !take(path); tries++) {
    if (tries === 0) onWait();
    if (Date.now() > deadline) throw new Error(`another process has held ${path} for ${seconds} seconds`);
    await sleep(100);
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfAbandoned(path);
    return false;
  }
}

function removeIfAbandoned(path) {
  try {
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner === 0 || isAlive(owner)) return;
    // Renamed first, so that of several who find it abandoned only one removes it.
    renameSync(path, `${path}.${process.pid}`);
    rmSync(`${path}.${process.pid}`, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
