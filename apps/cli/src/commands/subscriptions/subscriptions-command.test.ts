import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@wmisec/auth';
import { createService, lmdbRepository } from '@wmisec/embedded';
import { defineClass, instanceOf } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../run.ts';
import { testIo } from '../../test-io.ts';

let parent: string;

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'wmisec-subscriptions-'));
  await inStore(async () => {});
});

afterEach(() => rmSync(parent, { recursive: true }));

/** Does something in the namespace of subscriptions, in a service of its own. */
async function inStore(
  body: (connection: Awaited<ReturnType<typeof connect>>) => Promise<void>,
): Promise<void> {
  const repository = await lmdbRepository({ directory: join(parent, 'store') });
  await using service = await createService({ providers: [], repository });
  await using connection = await connect('root\\subscription', { transport: service.transport() });
  await body(connection);
}

async function wmisecWith(stdin: string, ...argv: string[]) {
  const io = testIo({ stdin });
  const code = await run([...argv, '--transport', 'embedded', '--store', join(parent, 'store')], io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

const subscriptions = (...argv: string[]) => wmisecWith('', 'subscriptions', ...argv);
const audit = (...argv: string[]) => subscriptions('audit', ...argv);

const LOG = { kind: 'logFile', filename: 'C:\\Logs\\doors.log', text: '%Door%' };
const COMMAND = {
  kind: 'commandLine',
  executablePath: 'C:\\Windows\\System32\\mshta.exe',
  commandLineTemplate: 'mshta http://x',
};

const add = (name: string, consumer: object = LOG, ...more: string[]) =>
  subscriptions(
    ...['add', name, '--query', 'SELECT * FROM Acme_Alarm', '--event-access', 'O:BAG:BAD:(A;;LO;;;BA)'],
    ...['--consumer', JSON.stringify(consumer), ...more],
  );

test('a subscription is added, listed, shown, renamed and removed', async () => {
  expect(await add('doors', LOG, '--event-namespace', 'root\\acme', '--qos', 'express')).toEqual({
    code: 0,
    stdout: 'installed doors, created by S-1-5-32-544\n',
    stderr: '',
  });
  const listed = await subscriptions('list', '-f', 'json');
  expect(JSON.parse(listed.stdout)).toEqual([
    {
      Name: 'doors',
      State: 'complete',
      Consumer: 'LogFileEventConsumer',
      Action: 'C:\\Logs\\doors.log',
      Query: 'SELECT * FROM Acme_Alarm',
      Creator: 'S-1-5-32-544',
      EventAccess: 'O:BAG:BAD:(A;;LO;;;BA)',
    },
  ]);
  const { stdout: shown } = await subscriptions('show', 'DOORS');
  expect(shown).toMatch(/^filter +EventNamespace +root\\acme$/m);
  expect(shown).toMatch(/^consumer +CreatorSID +S-1-5-32-544$/m);
  expect(shown).toMatch(/^binding +DeliveryQoS +1$/m);
  expect((await subscriptions('rename', 'doors', 'gates')).stdout).toBe('doors is gates now\n');
  expect((await subscriptions('remove', 'Gates')).stdout.split('\n')).toEqual([
    expect.stringMatching(/^removed __FilterToConsumerBinding\./),
    'removed __EventFilter.Name="gates"',
    'removed LogFileEventConsumer.Name="gates"',
    '',
  ]);
  expect((await subscriptions('list', '-f', 'csv')).stdout.trim().split(/\r\n/)).toHaveLength(1);
});

test('the consumer may come from a file, and everyone by that name', async () => {
  const file = join(parent, 'consumer.json');
  writeFileSync(file, JSON.stringify(LOG));
  const { code } = await subscriptions(
    ...['add', 'x', '--query', 'SELECT * FROM A', '--event-access', 'everyone', '--consumer', `@${file}`],
  );
  expect(code).toBe(0);
  expect((await subscriptions('list')).stdout).toMatch(/everyone$/m);
});

test.each<[string, readonly string[], number, string]>([
  ['no descriptor', ['--event-access', 'D:(A;;LO;;;WD)'], 1, 'WBEM_E_INVALID_PARAMETER'],
  ['everyone by descriptor', ['--event-access', 'O:BAG:BAD:(A;;LO;;;WD)'], 1, 'UNSAFE_SUBSCRIPTION'],
  ['SDDL that is none', ['--event-access', 'all'], 2, 'INVALID_SDDL'],
  ['a query that is none', ['--query', 'SELECT'], 2, 'WBEM_E_INVALID_QUERY'],
  ['no JSON', ['--consumer', 'x'], 2, 'INVALID_ARGUMENT'],
  ['no consumer', ['--consumer', '{}'], 1, 'WBEM_E_INVALID_PARAMETER'],
  ['a risk that is none', ['--allow', 'all'], 2, 'INVALID_ARGUMENT'],
])('add refuses %s in one sentence, and writes nothing', async (_, options, exitCode, word) => {
  const { code, stdout, stderr } = await add('x', LOG, ...options);
  expect(stderr).toMatch(/^wmisec: [^\n]+\n$/);
  expect(stderr).toContain(word);
  expect([code, stdout]).toEqual([exitCode, '']);
  expect(JSON.parse((await subscriptions('list', '-f', 'json')).stdout)).toEqual([]);
});

test.each([['show'], ['remove'], ['rename']])('%s of what is not there is one sentence', async (verb) => {
  const { code, stderr } = await subscriptions(verb, 'nothing', ...(verb === 'rename' ? ['x'] : []));
  expect(stderr).toBe('wmisec: WBEM_E_NOT_FOUND: expected a subscription, got none named "nothing"\n');
  expect(code).toBe(1);
});

test('a risk that is named is taken', async () => {
  const consumer = { ...COMMAND, commandLineTemplate: 'mshta %Door%' };
  expect((await add('x', consumer)).stderr).toContain("allow 'eventDataInShell'");
  expect((await add('x', consumer, '--allow', 'eventDataInShell')).code).toBe(0);
});

describe('audit', () => {
  test('a clean service is one line and exit code 0', async () => {
    expect(await audit()).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^this machine: 0 subscriptions in \d+ namespaces, nothing found\n$/),
      stderr: '',
    });
  });

  test('findings are exit code 2, with the command', async () => {
    await add('x', COMMAND);
    const { code, stdout, stderr } = await audit();
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toContain('CRITICAL Runs what attackers run (suspicious-command)');
    expect(stdout).toContain('command: mshta http://x');
  });

  test('json is a line a machine, sarif one document', async () => {
    await add('x', COMMAND);
    const { stdout } = await audit('-f', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ host: null, subscriptions: 1 });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const sarif = JSON.parse((await audit('-f', 'sarif')).stdout);
    expect(sarif.runs[0].tool.driver).toMatchObject({
      name: 'wmisec',
      version: expect.stringMatching(/^\d/),
    });
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: 'suspicious-command' });
  });

  test('what a baseline accepts is exit code 0, until the command changes', async () => {
    await add('x', COMMAND);
    const file = join(parent, 'baseline.json');
    expect((await audit('--write-baseline', file)).code).toBe(0);
    expect((await audit('--baseline', file)).code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).accepted[0]).toMatchObject({ rule: 'suspicious-command' });
    await subscriptions('remove', 'x');
    await add('x', { ...COMMAND, commandLineTemplate: 'mshta http://y' });
    expect((await audit('--baseline', file)).code).toBe(2);
    expect(await audit('--write-baseline', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('BASELINE_NOT_WRITTEN'),
    });
  });

  test('what others than the tool wrote is found too: orphans, other namespaces, timers', async () => {
    await inStore(async ({ services }) => {
      const pager = defineClass({
        name: 'Acme_Pager',
        superclass: '__EventConsumer',
        properties: { Name: { type: 'string', key: true } },
      });
      await services.putClass(pager);
      const stored = await services.getObject('Acme_Pager');
      if (stored.kind === 'class') await services.putInstance(instanceOf(stored, { Name: 'x' }));
    });
    const { stdout } = await audit('-f', 'json');
    const rules = JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules.sort()).toEqual(['orphaned-consumer', 'unknown-consumer-class']);
  });

  test('machines of a list are audited in its order; one that cannot be reached is a sentence and exit code 1', async () => {
    const { code, stdout, stderr } = await wmisecWith(
      '# mine\nlocalhost\n\n{"host":"NOWHERE"}\n"127.0.0.1"\nlocalhost\n',
      ...['subscriptions', 'audit', '--hosts', '-', '-f', 'json'],
    );
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).host),
    ).toEqual(['localhost', '127.0.0.1']);
    expect(stderr).toMatch(/^wmisec: NOWHERE: RPC_S_SERVER_UNAVAILABLE: [^\n]+\n$/);
    expect(code).toBe(1);
  });

  test('sarif of many machines is one document with a run for each', async () => {
    const { stdout } = await wmisecWith(
      'localhost\n127.0.0.1\n',
      ...['subscriptions', 'audit', '--hosts', '-', '-f', 'sarif'],
    );
    const ids = JSON.parse(stdout).runs.map((run: { automationDetails: unknown }) => run.automationDetails);
    expect(ids).toEqual([{ id: 'wmisec/subscriptions/localhost' }, { id: 'wmisec/subscriptions/127.0.0.1' }]);
  });

  test('findings on one machine outweigh that another one cannot be reached', async () => {
    await add('x', COMMAND);
    const file = join(parent, 'hosts');
    writeFileSync(file, 'NOWHERE\n.\n');
    expect((await audit('--hosts', file, '--parallel', '1')).code).toBe(2);
  });

  test.each<[string, readonly string[]]>([
    ['an option that is none', ['--nonsense']],
    ['a baseline that is none', ['--baseline', '/no/such/file']],
    ['a list without machines', ['--hosts', '/dev/null']],
    ['a namespace that is none', ['-n', 'root\\nowhere']],
    ['a SID that is none', ['--administrator', 'eve']],
  ])('%s is exit code 1 and one sentence', async (_, argv) => {
    const { code, stdout, stderr } = await audit(...argv);
    expect(stderr).toMatch(/^wmisec: [^\n]+\n$/);
    expect([code, stdout]).toEqual([1, '']);
  });

  test.each(['a host', '{"host":1}', '{"host":', '\\\\host\\root'])(
    'the line %j is no machine',
    async (line) => {
      const { code, stderr } = await wmisecWith(`${line}\n`, 'subscriptions', 'audit', '--hosts', '-');
      expect(stderr).toMatch(/^wmisec: INVALID_ARGUMENT: --hosts: [^\n]+\n$/);
      expect(code).toBe(1);
    },
  );
});
