import { dirname, isAbsolute } from 'node:path';
import type { CimInstance } from '@wmisec/wbem';
import type { EventConsumer } from '../delivery/event-consumer.ts';
import { expandArguments, fixedText, splitCommandLine } from './command-arguments.ts';
import { cannot, notAllowed } from './not-allowed.ts';
import { runCommand } from './run-command.ts';

/** A process that a `CommandLineEventConsumer` and an event ask for. */
export interface Command {
  /** Absolute; the event has no part in it. */
  readonly executable: string;
  /** As the process gets it: what the command line calls the program. */
  readonly argv0: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  /** Milliseconds after which to kill it; null for never. */
  readonly killAfter: number | null;
}

/** Runs a command, or rejects. Resolves when the next one of the same consumer may begin. */
export type CommandRunner = (command: Command, signal: AbortSignal) => Promise<void>;

/** Starts processes, if the owner of the service lets it. @see docs/rules.md 9.15 */
export function commandLine(runner: boolean | CommandRunner): EventConsumer {
  const run = runner === true ? runCommand() : runner;
  return (event, { consumer, signal }) => {
    if (run === false) throw notAllowed('CommandLineEventConsumer: this service starts no processes');
    return run(commandOf(consumer, event), signal);
  };
}

function commandOf({ properties }: CimInstance, event: CimInstance): Command {
  const { ExecutablePath, CommandLineTemplate, WorkingDirectory, KillTimeout } = properties;
  const split = typeof CommandLineTemplate === 'string' ? splitCommandLine(CommandLineTemplate) : [];
  const named = typeof ExecutablePath === 'string' && ExecutablePath !== '' ? ExecutablePath : null;
  const executable = named ?? fixedText(split[0] ?? []);
  if (executable === null)
    throw notAllowed('CommandLineTemplate: the event may not choose the program; set ExecutablePath');
  if (!isAbsolute(executable))
    throw cannot(`expected the whole path of a program, got ${JSON.stringify(executable.slice(0, 80))}`);
  const [argv0 = executable, ...args] = expandArguments(split, event);
  const seconds = typeof KillTimeout === 'number' ? KillTimeout : 0;
  const workingDirectory = typeof WorkingDirectory === 'string' ? WorkingDirectory : dirname(executable);
  return { executable, argv0, args, workingDirectory, killAfter: seconds === 0 ? null : seconds * 1000 };
}
