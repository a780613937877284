import { Worker } from 'node:worker_threads';
import type { PrivilegeName } from '@wmisec/access';
import { WbemError, WmisecError } from '@wmisec/wbem';
import { requirePrivileges } from '../privilege/find-privilege.ts';
import { PrivilegesMissingError } from '../token/privileges-missing-error.ts';
import type { PrivilegedAnswer, PrivilegedTask } from './privileged-task.ts';
import { programUrl } from './program-url.ts';

export interface RunPrivilegedOptions {
  /** The export to call. Default `default`. */
  readonly exportName?: string | undefined;
  /** Its arguments, which are cloned. */
  readonly args?: readonly unknown[] | undefined;
  /** The program of the worker thread; default this package's own. */
  readonly program?: URL | undefined;
}

/**
 * Runs a function of a module on a thread of its own that has privileges enabled: for a body that awaits, or
 * that needs the thread. The module is loaded before they are. What it hands to other threads, such as
 * asynchronous file calls, runs without them.
 * @returns what the function returns or resolves with, cloned.
 * @throws PrivilegesMissingError; WmisecError `PRIVILEGED_BODY_FAILED` with the message of what the body threw,
 * `UNKNOWN_PRIVILEGE`, `INVALID_ARGUMENT`, `UNSUPPORTED_PLATFORM`; WbemError.
 */
export async function runPrivileged(
  names: readonly PrivilegeName[],
  module: URL | string,
  options: RunPrivilegedOptions = {},
): Promise<unknown> {
  const { exportName = 'default', args = [], program = programUrl('privileged-program', 'worker') } = options;
  const workerData: PrivilegedTask = {
    names: requirePrivileges(names),
    module: String(module),
    exportName,
    args,
  };
  const worker = new Worker(program, { workerData });
  try {
    return resultOf(await answerOf(worker));
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<PrivilegedAnswer> {
  return new Promise((resolve, reject) => {
    const ended = (cause?: unknown) =>
      reject(new WmisecError('PRIVILEGED_BODY_FAILED', 'the thread ended before its body did', { cause }));
    worker
      .once('message', resolve)
      .once('error', ended)
      .once('exit', () => ended());
  });
}

function resultOf(answer: PrivilegedAnswer): unknown {
  switch (answer.kind) {
    case 'result':
      return answer.value;
    case 'missing':
      throw new PrivilegesMissingError(answer.missing);
    case 'wbem':
      throw new WbemError(answer.hresult, answer.message);
    case 'failed':
      throw new WmisecError(answer.code, answer.message);
  }
}
