import { Command, CommanderError } from 'commander';
import { accessCommand } from './commands/access.ts';
import { accountsCommand } from './commands/accounts/accounts-command.ts';
import { callCommand } from './commands/call.ts';
import { classesCommand } from './commands/classes.ts';
import { describeCommand } from './commands/describe.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { getCommand } from './commands/get.ts';
import { namespaceCommand } from './commands/namespace/namespace-command.ts';
import { privilegesCommand } from './commands/privileges/privileges-command.ts';
import { providerCommand } from './commands/provider/provider-command.ts';
import { queryCommand } from './commands/query.ts';
import { sddlCommand } from './commands/sddl.ts';
import { subscriptionsCommand } from './commands/subscriptions/subscriptions-command.ts';
import { tourCommand } from './commands/tour.ts';
import { watchCommand } from './commands/watch.ts';
import { CommandEnd, ExitCode } from './exit-code.ts';
import { type Io, write } from './io.ts';
import { packageVersion } from './package-version.ts';
import { exitCodeOf, sentenceOf } from './report-error.ts';

const HELP = `
Exit codes:
  0  success
  1  the operation failed
  2  the command line, a query or a path could not be read
  3  access denied: the message names what was missing
  subscriptions audit: 0 clean, 2 findings, 1 any error

Examples:
  wmisec tour
  wmisec query "SELECT Name, WorkingSetSize FROM Win32_Process WHERE Name LIKE 'node%'"
  wmisec get 'Win32_OperatingSystem=@' --format json
  wmisec describe Win32_Process`;

/**
 * Runs one command line.
 * @returns the exit code. Never rejects: errors become one sentence on stderr.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await program(io).parseAsync([...argv], { from: 'user' });
    return ExitCode.Success;
  } catch (error) {
    if (error instanceof CommandEnd) return error.exitCode;
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.Success;
    if (io.signal.aborted) return ExitCode.Interrupted;
    if (!(error instanceof CommanderError)) await write(io.stderr, `wmisec: ${sentenceOf(error)}\n`);
    return isAudit(argv) ? ExitCode.Failure : exitCodeOf(error);
  }
}

/** The verb whose code 2 is for findings. */
function isAudit([first, second]: readonly string[]): boolean {
  return first === 'subscriptions' && second === 'audit';
}

const COMMANDS = [
  queryCommand,
  watchCommand,
  getCommand,
  callCommand,
  classesCommand,
  describeCommand,
  namespaceCommand,
  diagnoseCommand,
  subscriptionsCommand,
  accessCommand,
  sddlCommand,
  privilegesCommand,
  providerCommand,
  tourCommand,
  accountsCommand,
];

function program(io: Io): Command {
  const root = new Command('wmisec')
    .description(
      'Secure WMI: queries whose security is set, proven and shown, and answers to why access was denied.',
    )
    .version(packageVersion())
    .addHelpText('after', HELP)
    .helpCommand(false);
  for (const command of COMMANDS) root.addCommand(command(io));
  for (const command of withDescendants(root)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, writeErr) => writeErr(text.replace(/^error: /, 'wmisec: ')),
      getOutHelpWidth: () => io.columns ?? 80,
    });
  }
  return root;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}
