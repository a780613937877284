import { Command } from 'commander';
import type { Io } from '../io.ts';
import { type OutputOptions, withFormatOption } from '../output/output-options.ts';
import { rowWriter } from '../output/row-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../session/connection-options.ts';
import { withSession } from '../session/session.ts';
import { objectRow } from './object-row.ts';

interface ClassesOptions extends ConnectionOptions, OutputOptions {
  readonly all?: boolean;
}

export function classesCommand(io: Io): Command {
  const command = new Command('classes')
    .description('list the classes of a namespace')
    .argument('[superclass]', 'only the descendants of this class')
    .option('-a, --all', 'system classes too, whose names begin with two underscores');
  return withFormatOption(withConnectionOptions(command)).action((superclass: string | undefined, options) =>
    classes(superclass ?? null, options, io),
  );
}

async function classes(superclass: string | null, options: ClassesOptions, io: Io): Promise<void> {
  const writer = rowWriter(options.format, io, ['Class', 'Superclass', 'Properties', 'Methods']);
  await withSession(options, io, async ({ connection, call }) => {
    for await (const cls of await connection.services.createClassEnum(superclass, call)) {
      if (options.all || !cls.className.startsWith('__')) await writer.row(objectRow(cls));
    }
  });
  await writer.end();
}
