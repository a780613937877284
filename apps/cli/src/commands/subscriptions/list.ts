import { listSubscriptions } from '@wmisec/events';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { type OutputOptions, withFormatOption } from '../../output/output-options.ts';
import { rowWriter } from '../../output/row-writer.ts';
import type { ConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { withSubscriptionOptions } from './subscription-namespace.ts';
import { COLUMNS, subscriptionRow } from './subscription-row.ts';

export function listCommand(io: Io): Command {
  const command = new Command('list').description('the subscriptions of a namespace, incomplete ones too');
  return withFormatOption(withSubscriptionOptions(command)).action((options) => list(options, io));
}

async function list(options: ConnectionOptions & OutputOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection, call }) => {
    const writer = rowWriter(options.format, io, COLUMNS);
    for (const subscription of await listSubscriptions(connection, call))
      await writer.row(subscriptionRow(subscription));
    await writer.end();
  });
}
