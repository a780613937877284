import {
  formatSddl,
  getCallerAccessRights,
  getNamespaceDescriptor,
  getRequiresEncryption,
  namespaceRightNames,
} from '@wmisec/access';
import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import { type OutputOptions, withFormatOption } from '../../output/output-options.ts';
import { rowWriter } from '../../output/row-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { aceRow } from '../ace-row.ts';

export function showCommand(io: Io): Command {
  const command = new Command('show').description('the descriptor of a namespace, entry by entry');
  return withFormatOption(withConnectionOptions(command)).action((options) => show(options, io));
}

async function show(options: ConnectionOptions & OutputOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection: { services }, call }) => {
    const descriptor = await getNamespaceDescriptor(services, call);
    if (options.format === 'table') {
      const rights = namespaceRightNames(await getCallerAccessRights(services, call)).join(' ');
      const encryption = (await getRequiresEncryption(services, call)) ? 'required' : 'not required';
      await write(
        io.stdout,
        `${services.namespace}\n${formatSddl(descriptor)}\nEncryption: ${encryption}\nYour rights: ${rights}\n\n`,
      );
    }
    const writer = rowWriter(options.format, io, ['Ace', 'Type', 'Sid', 'Rights', 'Flags']);
    const aces = descriptor.dacl.kind === 'list' ? descriptor.dacl.aces : [];
    for (const [index, ace] of aces.entries()) await writer.row(aceRow(ace, index, namespaceRightNames));
    await writer.end();
  });
}
