import { Command } from 'commander';
import type { Io } from '../io.ts';
import { type OutputOptions, withFormatOption } from '../output/output-options.ts';
import { rowWriter } from '../output/row-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../session/connection-options.ts';
import { withSession } from '../session/session.ts';
import { writeObject } from './write-object.ts';

export function getCommand(io: Io): Command {
  const command = new Command('get')
    .description('show one object')
    .argument('<path>', 'such as Win32_Process.Handle="4"');
  return withFormatOption(withConnectionOptions(command)).action((path: string, options) =>
    get(path, options, io),
  );
}

async function get(path: string, options: ConnectionOptions & OutputOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection, call }) => {
    const object = await connection.services.getObject(path, call);
    await writeObject(object, options.format, rowWriter(options.format, io));
  });
}
