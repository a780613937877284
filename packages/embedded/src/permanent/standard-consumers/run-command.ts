import { type ChildProcess, spawn } from 'node:child_process';
import { WbemError, WbemStatus } from '@wmisec/wbem';
import { systemTimers } from '../../events/timers.ts';
import type { Command, CommandRunner } from './command-line.ts';
import { cannot } from './not-allowed.ts';

/** Processes that consumers may have at once, all of them together. */
const MAX_PROCESSES = 32;

/** What a process finds in its environment: nothing of this one's secrets. */
const KEPT_VARIABLES = ['PATH', 'SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'TEMP', 'TMP', 'LANG'];

/**
 * Starts processes without a shell, as the user of this one, with no input or output, and waits for their end. How
 * they end does not matter to the consumer. With the signal they are killed.
 * @throws WbemError from the function it returns: `WBEM_E_SERVER_TOO_BUSY` while too many run,
 *   `WBEM_E_INVALID_PARAMETER` for a program that cannot be started.
 */
export function runCommand(): CommandRunner {
  let running = 0;
  return async (command, signal) => {
    if (running >= MAX_PROCESSES)
      throw new WbemError(WbemStatus.WBEM_E_SERVER_TOO_BUSY, `${MAX_PROCESSES} processes run already`);
    running++;
    try {
      await untilEnd(command, signal);
    } finally {
      running--;
    }
  };
}

function untilEnd(command: Command, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = started(command);
    const kill = () => killGroup(child);
    const cancel = command.killAfter === null ? () => {} : systemTimers.after(command.killAfter, kill);
    signal.addEventListener('abort', kill, { once: true });
    const forget = () => {
      cancel();
      signal.removeEventListener('abort', kill);
    };
    child.once('error', (cause: NodeJS.ErrnoException) => {
      forget();
      reject(notStarted(cause));
    });
    child.once('exit', () => {
      forget();
      resolve();
    });
  });
}

/** In a process group of its own, so that what it starts is killed with it. */
function started({ executable, argv0, args, workingDirectory }: Command): ChildProcess {
  const env = Object.fromEntries(
    KEPT_VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  try {
    return spawn(executable, [...args], {
      ...{ argv0, env, cwd: workingDirectory, shell: false, stdio: 'ignore', windowsHide: true },
      detached: process.platform !== 'win32',
    });
  } catch (cause) {
    throw notStarted(cause as NodeJS.ErrnoException);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function notStarted(cause: NodeJS.ErrnoException): WbemError {
  return cannot(`the program cannot be started: ${cause.code ?? 'unknown'}`, cause);
}
