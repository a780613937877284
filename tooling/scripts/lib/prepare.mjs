import { join } from 'node:path';
import { build, isBuilt } from './ensure-built.mjs';
import { install, isInstalled } from './ensure-installed.mjs';
import { cache } from './paths.mjs';

/** Installs and builds what is missing or out of date, with one line each on stderr. */
export async function prepareToStart() {
  if (isInstalled() && isBuilt()) return;
  await alone(async () => {
    if (!isInstalled()) await step('installing dependencies', install);
    if (!isBuilt()) await step('building', build);
  });
}

/** Installs what is missing or out of date. */
export async function prepareToTest() {
  if (isInstalled()) return;
  await alone(async () => {
    if (!isInstalled()) await step('installing dependencies', install);
  });
}

async function alone(action) {
  const { withLock } = await import('./with-lock.mjs');
  const onWait = () => say('waiting for another set-up of this checkout\n');
  try {
    await withLock(join(cache, 'set-up.lock'), action, { onWait });
  } catch (error) {
    process.stderr.write(`wmisec: ${error.message}\n`);
    if (error.tail) process.stderr.write(`${error.tail}\n`);
    process.exit(1);
  }
}

async function step(title, action) {
  const start = Date.now();
  say(`${title} ...`);
  try {
    await action();
  } catch (error) {
    process.stderr.write('\n');
    throw error;
  }
  process.stderr.write(` ${((Date.now() - start) / 1000).toFixed(0)} s\n`);
}

function say(text) {
  process.stderr.write(`wmisec: ${text}`);
}
