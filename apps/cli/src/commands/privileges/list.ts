import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import { type OutputOptions, withFormatOption } from '../../output/output-options.ts';
import { rowWriter } from '../../output/row-writer.ts';
import { COLUMNS, privilegeRow } from './privilege-row.ts';

export function listCommand(io: Io): Command {
  const command = new Command('list').description('list every privilege, on Windows with its state');
  return withFormatOption(command).action((options) => list(options, io));
}

async function list({ format }: OutputOptions, io: Io): Promise<void> {
  const { listPrivileges, PRIVILEGES } = await import('@wmisec/privileges');
  const isWindows = process.platform === 'win32';
  if (!isWindows) await write(io.stderr, 'wmisec: only Windows tells their states; this is what there is\n');
  const writer = rowWriter(format, io, COLUMNS);
  for (const privilege of isWindows ? listPrivileges() : PRIVILEGES)
    await writer.row(privilegeRow(privilege));
  await writer.end();
}
