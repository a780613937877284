import { renameSubscription } from '@wmisec/events';
import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import type { ConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { withSubscriptionOptions } from './subscription-namespace.ts';

export function renameCommand(io: Io): Command {
  const command = new Command('rename')
    .description('give a subscription another name; it misses no event')
    .argument('<from>', 'its name, in any case')
    .argument('<to>', 'the new one');
  return withSubscriptionOptions(command).action((from: string, to: string, options) =>
    rename(from, to, options, io),
  );
}

async function rename(from: string, to: string, options: ConnectionOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection, call }) => {
    const { name } = await renameSubscription(connection, from, to, call);
    await write(io.stdout, `${from} is ${name} now\n`);
  });
}
