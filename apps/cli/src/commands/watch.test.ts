import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { testIo } from '../test-io.ts';
import { eventRow } from './event-row.ts';

/** A process that runs always changes. */
const OWN_CHANGES = `SELECT * FROM __InstanceModificationEvent WITHIN 0.1
  WHERE TargetInstance ISA "Win32_Process" AND TargetInstance.ProcessId = ${process.pid}`;

async function wmisec(...argv: string[]) {
  const io = testIo();
  const code = await run(argv, io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

const watching = (wql: string, ...more: string[]) => ['watch', wql, '--transport', 'embedded', ...more];

test('watch writes events as JSON lines, and ends after as many as were asked for', async () => {
  const { code, stdout, stderr } = await wmisec(...watching(OWN_CHANGES, '--count', '2'));
  expect(stderr).toBe('');
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject({
    Event: '__InstanceModificationEvent',
    TargetInstance: { ProcessId: process.pid },
    PreviousInstance: { ProcessId: process.pid },
  });
  expect(code).toBe(0);
});

test('watch writes a table whose rows come one by one', async () => {
  const { stdout } = await wmisec(...watching(OWN_CHANGES, '--count', '1', '-f', 'table'));
  expect(stdout).toMatch(/^Time +Event +Object\n\S+Z +__InstanceModificationEvent +Win32_Process\.Handle=/);
});

test('Ctrl+C ends a watch as it should end', async () => {
  const interrupt = new AbortController();
  const io = testIo({ signal: interrupt.signal });
  const write = io.stdout.write.bind(io.stdout);
  io.stdout.write = (text: unknown) => {
    interrupt.abort();
    return write(text);
  };
  expect(await run(watching(OWN_CHANGES), io)).toBe(0);
  expect(io.stdoutText()).toContain('__InstanceModificationEvent');
  expect(io.stderrText()).toBe('');
});

test.each([
  ['SELECT * FROM', 2, 'WBEM_E_INVALID_QUERY'],
  ['SELECT * FROM Win32_Process WITHIN 1', 1, 'WBEM_E_NOT_EVENT_CLASS'],
])('watch refuses %s', async (wql, exitCode, word) => {
  const { code, stderr } = await wmisec(...watching(wql));
  expect(stderr).toContain(word);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(exitCode);
});

test('--count takes a whole number', async () => {
  const { code, stderr } = await wmisec(...watching(OWN_CHANGES, '--count', '0'));
  expect(stderr).toContain('--count: expected a whole number from 1');
  expect(code).toBe(2);
});

test('an event of its own kind shows its properties', () => {
  const event = { TIME_CREATED: 116_444_736_000_000_000n, SECURITY_DESCRIPTOR: [1], Door: 4, Note: null };
  expect(eventRow({ kind: 'event', className: 'Acme_Alarm', event, target: null, previous: null })).toEqual({
    Time: '1970-01-01T00:00:00.000Z',
    Event: 'Acme_Alarm',
    Object: 'Door=4',
  });
});
