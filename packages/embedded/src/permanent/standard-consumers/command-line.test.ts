import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { instanceOf } from '@wmisec/wbem';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm } from '../../events/testing.ts';
import { consumerClasses } from '../../system-classes/consumer-classes.ts';
import { expandArguments, splitCommandLine } from './command-arguments.ts';
import { type Command, commandLine } from './command-line.ts';

const cls = consumerClasses.find(({ className }) => className === 'CommandLineEventConsumer')!;
const NODE = process.execPath;

let directory: string;
let end: AbortController;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'wmisec-command-')));
  end = new AbortController();
});

afterEach(() => {
  end.abort();
  rmSync(directory, { recursive: true });
});

const contextOf = (properties: Record<string, unknown>) => ({
  ...{ consumer: instanceOf(cls, { Name: 'c', ...properties }), signal: end.signal },
  ...({ namespace: 'root\\subscription', creator: 'S-1-5-32-544', publisher: null } as const),
});

async function commandOf(properties: Record<string, unknown>, Note = 'x'): Promise<Command> {
  const commands: Command[] = [];
  const consume = commandLine(async (command) => void commands.push(command));
  await consume(instanceOf(alarm, { Door: 7, Note }), contextOf(properties));
  return commands[0]!;
}

const run = async (properties: Record<string, unknown>, Note = 'x') =>
  commandLine(true)(
    instanceOf(alarm, { Door: 7, Note }),
    contextOf({ WorkingDirectory: directory, ...properties }),
  );
const refused = async (properties: Record<string, unknown>, code: string) =>
  expect(commandOf(properties)).rejects.toMatchObject({ code });

describe('rules 9.15 the command of an event', () => {
  test('is the program of ExecutablePath with the arguments of the template', async () => {
    const properties = {
      ExecutablePath: '/usr/bin/logger',
      CommandLineTemplate: 'logger -t acme "two words" %Door%',
    };
    expect(await commandOf(properties)).toEqual({
      executable: '/usr/bin/logger',
      argv0: 'logger',
      args: ['-t', 'acme', 'two words', '7'],
      workingDirectory: '/usr/bin',
      killAfter: null,
    });
    expect(await commandOf({ ExecutablePath: '/bin/x', KillTimeout: 3 })).toMatchObject({
      ...{ executable: '/bin/x', argv0: '/bin/x', args: [], killAfter: 3000 },
    });
  });

  test('without ExecutablePath is the first word of the template, which the event may not choose', async () => {
    expect(await commandOf({ CommandLineTemplate: '"/opt/my app/run" x' })).toMatchObject({
      executable: '/opt/my app/run',
      args: ['x'],
    });
    await refused({ CommandLineTemplate: '%Note% x' }, 'WBEM_E_ACCESS_DENIED');
    await refused({ CommandLineTemplate: '/bin/%Note%' }, 'WBEM_E_ACCESS_DENIED');
  });

  test.each(['logger', './logger', '../x'])('does not search for a program such as %s', (ExecutablePath) =>
    refused({ ExecutablePath }, 'WBEM_E_INVALID_PARAMETER'),
  );

  test('gets no further argument out of an event, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (note) => {
        const template = 'x -n %Note% --flag=%Note% end';
        const { args } = await commandOf({ ExecutablePath: '/bin/x', CommandLineTemplate: template }, note);
        expect(args).toEqual(['-n', note, `--flag=${note}`, 'end']);
      }),
    );
  });

  test('any template splits, and what is outside of quotes has no white space left', () => {
    fc.assert(
      fc.property(fc.string(), (template) => {
        const split = splitCommandLine(template.replaceAll('%', ''));
        const args = expandArguments(split, instanceOf(alarm, {}));
        expect(args.join('').replaceAll(/\s/g, '')).toBe(template.replaceAll(/[%"\s]/g, ''));
      }),
    );
  });
});

describe('rules 9.15 processes', () => {
  test('are not started unless the owner lets it', async () => {
    const consume = commandLine(false);
    const context = contextOf({ ExecutablePath: NODE });
    expect(() => consume(instanceOf(alarm, {}), context)).toThrow(
      expect.objectContaining({ code: 'WBEM_E_ACCESS_DENIED' }),
    );
  });

  test('get their arguments as they are, without a shell, and nothing of the environment', async () => {
    process.env['WMISEC_TEST_SECRET'] = 'secret';
    const script = 'require("fs").writeFileSync("out",JSON.stringify([process.argv.slice(1),process.env]))';
    const note = '$(touch pwned); `touch pwned` && touch pwned | "quoted" %Door% *';
    try {
      await run(
        { ExecutablePath: NODE, CommandLineTemplate: `node -e "${script.replaceAll('"', "'")}" %Note%` },
        note,
      );
    } finally {
      delete process.env['WMISEC_TEST_SECRET'];
    }
    const [args, env] = JSON.parse(readFileSync(join(directory, 'out'), 'utf8'));
    expect(args).toEqual([note]);
    expect(env).not.toHaveProperty('WMISEC_TEST_SECRET');
    expect(existsSync(join(directory, 'pwned'))).toBe(false);
  });

  test('that cannot be started are a failure', async () => {
    await expect(run({ ExecutablePath: join(directory, 'none') })).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_PARAMETER',
      message: expect.stringContaining('ENOENT'),
    });
    await expect(
      run({ ExecutablePath: NODE, CommandLineTemplate: 'node %Note%' }, 'a\0b'),
    ).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_PARAMETER',
    });
  });

  test('how they end is no failure', () =>
    run({ ExecutablePath: NODE, CommandLineTemplate: 'node -e process.exit(3)' }));

  const forever = { ExecutablePath: NODE, CommandLineTemplate: 'node -e setInterval(()=>{},1000)' };

  test('are killed after KillTimeout seconds', () => run({ ...forever, KillTimeout: 1 }));

  test('are killed, with what they have started, when the consumer or the service ends', async () => {
    const child = `require('child_process').spawn(process.execPath,['-e','setInterval(()=>{},1000)'])`;
    const script = `const c=${child};require('fs').writeFileSync('pids',process.pid+' '+c.pid);setInterval(()=>{},1000)`;
    const running = run({ ExecutablePath: NODE, CommandLineTemplate: `node -e "${script}"` });
    while (!existsSync(join(directory, 'pids')) || readFileSync(join(directory, 'pids'), 'utf8') === '')
      await setTimeout(10);
    const pids = readFileSync(join(directory, 'pids'), 'utf8').split(' ').map(Number);
    end.abort();
    await running;
    await expect.poll(() => pids.filter(isRunning)).toEqual([]);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that has ended and that nobody waits for is still listed.
  return !/^State:\s+Z/m.test(
    existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '',
  );
}
