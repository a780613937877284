import type { TokenPrivilegeState } from '@wmisec/privileges';
import { WbemError, WbemStatus } from '@wmisec/wbem';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { type OutputOptions, withFormatOption } from '../../output/output-options.ts';
import { rowWriter } from '../../output/row-writer.ts';
import { privilegeNames } from '../../session/privilege-names.ts';
import { COLUMNS, privilegeRow } from './privilege-row.ts';

interface CheckOptions extends OutputOptions {
  readonly any?: boolean;
}

export function checkCommand(io: Io): Command {
  const command = new Command('check')
    .description('whether privileges are enabled in this process; exit code 3 when they are not')
    .argument('<name...>', 'SeSecurityPrivilege, or Security for short')
    .option('--any', 'one of them is enough');
  return withFormatOption(command).action((words: string[], options) => check(words, options, io));
}

async function check(words: readonly string[], { any, format }: CheckOptions, io: Io): Promise<void> {
  const { checkPrivileges, listPrivileges } = await import('@wmisec/privileges');
  const names = await privilegeNames(words);
  const asked = listPrivileges().filter(({ name }) => names.includes(name));
  const writer = rowWriter(format, io, COLUMNS);
  for (const privilege of asked) await writer.row(privilegeRow(privilege));
  await writer.end();
  if (!checkPrivileges(names, { mode: any ? 'any' : 'all' })) throw notEnabled(asked);
}

function notEnabled(asked: readonly TokenPrivilegeState[]): WbemError {
  const wanting = asked
    .filter(({ state }) => state !== 'enabled')
    .map(({ name, state }) => `${name} is ${state === 'absent' ? 'not held' : 'held but not enabled'}`);
  return new WbemError(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD, wanting.join(', '));
}
