import { parsePolicyBackup, rollbackPolicy } from '@wmisec/access';
import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import { readText } from '../../read-text.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { opener } from './policy-files.ts';

export function rollbackCommand(io: Io): Command {
  const command = new Command('rollback')
    .description('give namespaces back what a backup holds')
    .argument('<file>', 'what apply kept');
  return withConnectionOptions(command).action((file: string, options) => rollback(file, options, io));
}

async function rollback(file: string, options: ConnectionOptions, io: Io): Promise<void> {
  const backup = parsePolicyBackup(await readText(file));
  await withSession(options, io, (session) => rollbackPolicy(backup, opener(session), session.call));
  await write(io.stdout, backup.namespaces.map(({ namespace }) => `${namespace} is as it was\n`).join(''));
}
