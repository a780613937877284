// What a privileged thread runs: it serves one task and ends. The thread is the body's alone, so that its token
// may stay while the body awaits.
import { parentPort, workerData } from 'node:worker_threads';
import { openNative } from '@wmisec/com-core';
import { WbemError, WmisecError } from '@wmisec/wbem';
import { raiseThreadToken } from '../scope/raised-token.ts';
import { PrivilegesMissingError } from '../token/privileges-missing-error.ts';
import type { PrivilegedAnswer, PrivilegedTask } from './privileged-task.ts';

const answer = await run(workerData as PrivilegedTask).catch(failure);
try {
  parentPort?.postMessage(answer);
} catch (error) {
  parentPort?.postMessage(failure(error));
}

async function run({ names, module, exportName, args }: PrivilegedTask): Promise<PrivilegedAnswer> {
  const loaded = await import(/* @vite-ignore */ module);
  const body: unknown = loaded[exportName];
  if (typeof body !== 'function')
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `expected a function as the export ${exportName}, got ${typeof body}`,
    );
  const raised = raiseThreadToken(openNative(), names);
  try {
    return { kind: 'result', value: await body(...args) };
  } finally {
    raised.lower();
  }
}

function failure(error: unknown): PrivilegedAnswer {
  if (error instanceof PrivilegesMissingError) return { kind: 'missing', missing: error.missing };
  if (error instanceof WbemError) return { kind: 'wbem', hresult: error.hresult, message: error.message };
  if (error instanceof WmisecError) return { kind: 'failed', code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'PRIVILEGED_BODY_FAILED', message };
}
