// The body of a privileged thread: reads its own token back with the system's functions.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const koffi = createRequire(new URL('../../../com-core/package.json', import.meta.url))('koffi');
const advapi32 = koffi.load('advapi32.dll');
const kernel32 = koffi.load('kernel32.dll');
const openThreadToken = advapi32.func('OpenThreadToken', 'int', ['int64', 'uint32', 'int', 'void *']);
const getTokenInformation = advapi32.func('GetTokenInformation', 'int', [
  'int64',
  'int',
  'void *',
  'uint32',
  'void *',
]);
const getCurrentThread = kernel32.func('GetCurrentThread', 'int64', []);
const getThreadId = kernel32.func('GetCurrentThreadId', 'uint32', []);

/** The low parts of the LUIDs that are enabled on this thread's token before and after an await. */
export default async function body(milliseconds) {
  const before = enabled();
  await sleep(milliseconds);
  return { before, after: enabled(), thread: getThreadId() };
}

export async function reject() {
  await sleep(1);
  throw new RangeError('the body says no');
}

export const notAFunction = 7;

function enabled() {
  const handle = new BigInt64Array(1);
  if (openThreadToken(getCurrentThread(), 8, 1, handle) === 0) return null;
  const out = new Uint32Array(512);
  getTokenInformation(Number(handle[0]), 3, out, 2048, new Uint32Array(1));
  const states = Array.from({ length: out[0] }, (_, i) => out.subarray(1 + 3 * i, 4 + 3 * i));
  return states.filter(([, , attributes]) => attributes & 2).map(([luid]) => luid);
}
