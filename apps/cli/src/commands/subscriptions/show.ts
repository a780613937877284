import { getSubscription, type Subscription } from '@wmisec/events';
import type { CimValue } from '@wmisec/wbem';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { type OutputOptions, withFormatOption } from '../../output/output-options.ts';
import { type RowWriter, rowWriter } from '../../output/row-writer.ts';
import type { ConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { withSubscriptionOptions } from './subscription-namespace.ts';

export function showCommand(io: Io): Command {
  const command = new Command('show')
    .description('filter, consumer and binding of a subscription, property by property')
    .argument('<name>', 'in any case');
  return withFormatOption(withSubscriptionOptions(command)).action((name: string, options) =>
    show(name, options, io),
  );
}

async function show(name: string, options: ConnectionOptions & OutputOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection, call }) => {
    const subscription = await getSubscription(connection, name, call);
    const writer = rowWriter(options.format, io, ['Part', 'Property', 'Value']);
    for (const part of ['filter', 'consumer', 'binding'] as const)
      await writePart(subscription, part, writer);
    await writer.end();
  });
}

/** What is null is left out; the creator is shown as a SID. */
async function writePart(
  subscription: Subscription,
  part: 'filter' | 'consumer' | 'binding',
  writer: RowWriter,
): Promise<void> {
  const found = subscription[part];
  const properties: Readonly<Record<string, CimValue>> =
    found === null
      ? { Path: 'missing' }
      : { Path: found.path, ...found.properties, CreatorSID: found.creator };
  for (const [Property, Value] of Object.entries(properties))
    if (Value !== null) await writer.row({ Part: part, Property, Value });
}
