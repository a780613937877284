import { expect, inject, test } from 'vitest';
import { runPrivileged } from '../src/index.ts';
import { HELD, NOT_HELD, native, privilegeBytes, threadTokenId } from './read-back.ts';

const program = new URL('privileged-program.js', inject('programs'));
const body = new URL('./threads/privileged-body.mjs', import.meta.url);
const SECURITY = 8;
const BACKUP = 17;

test('a body in a module has its privileges on its own thread, also after an await', async () => {
  const process = privilegeBytes('process');
  const running = runPrivileged([HELD], body, { args: [50], program });
  expect([threadTokenId(), privilegeBytes('process')]).toEqual([null, process]);
  const { before, after, thread } = (await running) as { before: number[]; after: number[]; thread: number };
  expect(before).toContain(SECURITY);
  expect(before).not.toContain(BACKUP);
  expect(after).toEqual(before);
  expect(thread).not.toBe(native.kernel32.GetCurrentThreadId());
  expect([threadTokenId(), privilegeBytes('process')]).toEqual([null, process]);
});

test('what it throws comes back as one sentence; a privilege that is not held as what is missing', async () => {
  await expect(runPrivileged([HELD], body, { exportName: 'reject', program })).rejects.toMatchObject({
    code: 'PRIVILEGED_BODY_FAILED',
    message: 'the body says no',
  });
  await expect(runPrivileged([NOT_HELD], body, { program })).rejects.toMatchObject({ missing: [NOT_HELD] });
  await expect(runPrivileged([HELD], body, { exportName: 'notAFunction', program })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
  });
});
