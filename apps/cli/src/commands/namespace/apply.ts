import { parsePolicy } from '@wmisec/access';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { readText } from '../../read-text.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { type ChangeOptions, changeNamespaces, withChangeOptions } from './change-options.ts';

export function applyCommand(io: Io): Command {
  const command = new Command('apply')
    .description('bring namespaces to what a policy wants')
    .argument('<file>', 'YAML or JSON');
  return withChangeOptions(withConnectionOptions(command)).action((file: string, options) =>
    apply(file, options, io),
  );
}

async function apply(file: string, options: ConnectionOptions & ChangeOptions, io: Io): Promise<void> {
  const policy = parsePolicy(await readText(file));
  await withSession(options, io, (session) => changeNamespaces(policy, session, options, io));
}
