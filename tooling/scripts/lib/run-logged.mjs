import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { cache, root } from './paths.mjs';

const TAIL_LINES = 20;

/** A step of the set-up that failed; `message` is one sentence, `tail` the end of its log. */
class StepFailed extends Error {
  constructor(message, tail) {
    super(message);
    this.tail = tail;
  }
}

/**
 * Runs a program with its output in `.cache/logs/NAME.log`.
 * @throws StepFailed when it cannot be started or ends with another code than 0
 */
export async function runLogged(name, command, { env = process.env, cwd = root } = {}) {
  const [program, ...args] = command;
  mkdirSync(join(cache, 'logs'), { recursive: true });
  const path = join(cache, 'logs', `${name}.log`);
  const log = createWriteStream(path);
  // npm and pnpm are batch files on Windows, and only a shell can start those.
  const shell = process.platform === 'win32' && program !== process.execPath;
  const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise((done) => {
    child.once('error', (error) => log.write(`${error.message}\n`, () => done(127)));
    child.once('close', done);
  });
  log.end();
  await finished(log);
  if (code !== 0)
    throw new StepFailed(`${name} failed (exit code ${code}); the whole log is ${path}`, tailOf(path));
}

function tailOf(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
