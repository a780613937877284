import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether a module is the program that was started, and not imported by it. */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
}

/** @returns the full path of a program on PATH, or `undefined`. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}

/**
 * Runs a program to its end and returns what it wrote.
 * @throws Error with the program's output when it fails or exceeds `seconds`.
 */
export function run(program, args, { seconds, ...options }) {
  const result = spawnSync(program, args, {
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (result.status === 0) return result.stdout ?? '';
  const why = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
  const output = [result.stdout, result.stderr].filter(Boolean).join('\n').trim();
  throw new Error(`${program} ${args.join(' ')}: ${why}${output && `\n${output}`}`);
}

/** Runs a program with our own output; resolves with its exit code, 124 when it exceeds `seconds`. */
export function stream(program, args, { seconds, ...options }) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    child.once('error', fail);
    child.once('exit', (code) => {
      clearTimeout(timer);
      done(late ? 124 : (code ?? 1));
    });
  });
}
