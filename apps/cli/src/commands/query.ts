import { foldName, parseWql } from '@wmisec/wbem';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { type OutputOptions, withFormatOption } from '../output/output-options.ts';
import { type Row, rowWriter } from '../output/row-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../session/connection-options.ts';
import { withSession } from '../session/session.ts';
import { objectRow } from './object-row.ts';

export function queryCommand(io: Io): Command {
  const command = new Command('query')
    .description('run a WQL query and stream its rows')
    .argument('<wql>', 'such as "SELECT Name FROM Win32_Service"');
  return withFormatOption(withConnectionOptions(command)).action((wql: string, options) =>
    query(wql, options, io),
  );
}

async function query(wql: string, options: ConnectionOptions & OutputOptions, io: Io): Promise<void> {
  const columns = columnsOf(wql);
  const writer = rowWriter(options.format, io, columns);
  await withSession(options, io, async ({ connection, call }) => {
    const rows = await connection.services.execQuery(wql, call);
    const order = columns === null ? (row: Row) => row : inOrder(columns);
    for await (const object of rows) await writer.row(order(objectRow(object)));
  });
  await writer.end();
}

/** The columns that the query names; null when it asks for all. */
function columnsOf(wql: string): readonly string[] | null {
  const parsed = parseWql(wql);
  if (parsed.kind !== 'select' || parsed.columns === null) return null;
  return parsed.columns.map(([name]) => name);
}

/** Puts properties in the order of the query; their names keep the case in which the class declares them. */
function inOrder(columns: readonly string[]): (row: Row) => Row {
  const place = new Map(columns.map((name, i) => [foldName(name), i]));
  const placeOf = (name: string) => place.get(foldName(name)) ?? columns.length;
  return (row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => placeOf(a) - placeOf(b)));
}
