import { removeSubscription } from '@wmisec/events';
import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import { visible } from '../../output/visible.ts';
import type { ConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { withSubscriptionOptions } from './subscription-namespace.ts';

export function removeCommand(io: Io): Command {
  const command = new Command('remove')
    .description('remove a subscription with all its parts, or what is left of one')
    .argument('<name>', 'in any case');
  return withSubscriptionOptions(command).action((name: string, options) => remove(name, options, io));
}

async function remove(name: string, options: ConnectionOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection, call }) => {
    const paths = await removeSubscription(connection, name, call);
    await write(io.stdout, paths.map((path) => `removed ${visible(path)}\n`).join(''));
  });
}
