import { parsePolicy, planPolicy } from '@wmisec/access';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { readText } from '../../read-text.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { opener, writeChanges } from './policy-files.ts';

export function planCommand(io: Io): Command {
  const command = new Command('plan')
    .description('say what a policy would change')
    .argument('<file>', 'YAML or JSON');
  return withConnectionOptions(command).action((file: string, options) => plan(file, options, io));
}

async function plan(file: string, options: ConnectionOptions, io: Io): Promise<void> {
  const policy = parsePolicy(await readText(file));
  await withSession(options, io, async (session) => {
    await writeChanges(io, await planPolicy(policy, opener(session), session.call), 'nothing would change');
  });
}
