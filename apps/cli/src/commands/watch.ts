import { type MissedEvents, type WatchedEvent, type WatchItem, watch } from '@wmisec/events';
import { Command, Option } from 'commander';
import { type Io, write } from '../io.ts';
import { jsonLinesWriter } from '../output/json-writer.ts';
import type { Row, RowWriter } from '../output/row-writer.ts';
import { tableWriter } from '../output/table-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../session/connection-options.ts';
import { withSession } from '../session/session.ts';
import { eventRow } from './event-row.ts';
import { positiveInteger } from './positive-integer.ts';

interface WatchCommandOptions extends ConnectionOptions {
  readonly format: 'jsonl' | 'table';
  readonly count?: number;
}

export function watchCommand(io: Io): Command {
  const command = new Command('watch')
    .description('subscribe to events and write them as they come; --timeout is the longest wait for one')
    .argument(
      '<wql>',
      'such as "SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA \'Win32_Process\'"',
    )
    .option(
      '-c, --count <events>',
      'end after so many events (default: at Ctrl+C)',
      positiveInteger('--count'),
    )
    .addOption(
      new Option('-f, --format <format>', 'how events are written')
        .choices(['jsonl', 'table'])
        .default('jsonl'),
    );
  return withConnectionOptions(command).action((wql: string, options) => run(wql, options, io));
}

async function run(wql: string, options: WatchCommandOptions, io: Io): Promise<void> {
  const toRow = options.format === 'jsonl' ? jsonRow : eventRow;
  const writer = options.format === 'jsonl' ? jsonLinesWriter(io) : tableWriter(io, null, 1);
  try {
    await withSession(options, io, async ({ connection, call }) => {
      const items = await watch(connection, wql, call);
      await writeItems(
        items,
        options.count ?? Number.POSITIVE_INFINITY,
        (event) => writer.row(toRow(event)),
        io,
      );
    });
  } catch (error) {
    // Ctrl+C is how a watch ends.
    if (!io.signal.aborted) throw error;
  }
  await writer.end();
}

async function writeItems(
  items: AsyncIterable<WatchItem>,
  count: number,
  writeEvent: (event: WatchedEvent) => ReturnType<RowWriter['row']>,
  io: Io,
): Promise<void> {
  let written = 0;
  for await (const item of items) {
    if (item.kind === 'missed') await write(io.stderr, `wmisec: ${missing(item)}\n`);
    else {
      await writeEvent(item);
      if (++written >= count) return;
    }
  }
}

function jsonRow({ className, event }: WatchedEvent): Row {
  return { Event: className, ...event };
}

function missing({ reason, count, between }: MissedEvents): string {
  const many = count === null ? 'events may be missing' : `${count} events are missing`;
  const since = between === null ? '' : ` between ${between.map((time) => time.toISOString()).join(' and ')}`;
  return `${many}${since}: ${REASONS[reason]}`;
}

const REASONS: Readonly<Record<MissedEvents['reason'], string>> = {
  buffer: 'the output was slower than the events',
  server: 'the service lost some',
  disconnected: 'the connection was lost',
};
