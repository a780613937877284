import {
  decodeSecurityDescriptor,
  encodeSecurityDescriptor,
  formatSddl,
  parseSddl,
  parseSid,
  type SecurityDescriptor,
  sddlBatchLine,
} from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';
import { Command } from 'commander';
import { batchLines } from '../batch/batch-lines.ts';
import { type Io, write } from '../io.ts';
import { type OutputOptions, withFormatOption } from '../output/output-options.ts';
import { rowWriter } from '../output/row-writer.ts';
import { aceRow } from './ace-row.ts';

interface DomainOptions {
  readonly domain?: string;
}

export function sddlCommand(io: Io): Command {
  const parse = new Command('parse')
    .description('show what an SDDL text says, and its bytes')
    .argument('<sddl>', 'such as O:BAG:BAD:(A;;CCDCRP;;;AU)')
    .option('--domain <sid>', 'the domain that aliases such as DA belong to');
  const format = new Command('format')
    .description('the SDDL of a self-relative descriptor')
    .argument('<hex>', 'its bytes in hex')
    .option('--domain <sid>', 'the domain whose aliases are used');
  return new Command('sddl')
    .description('read and write security descriptors in SDDL')
    .option('--batch', 'answer JSON lines on stdin with JSON lines on stdout, in order')
    .action((options: { batch?: boolean }, command: Command) =>
      options.batch ? batchLines(io, sddlBatchLine) : command.help(),
    )
    .addCommand(withFormatOption(parse).action((text, options) => show(text, options, io)))
    .addCommand(format.action((hex: string, options: DomainOptions) => formatHex(hex, options, io)));
}

async function show(text: string, options: DomainOptions & OutputOptions, io: Io): Promise<void> {
  const descriptor = parseSddl(text, domainOf(options));
  if (options.format === 'json') return write(io.stdout, `${JSON.stringify(plain(descriptor), null, 2)}\n`);
  if (options.format === 'table') await write(io.stdout, `${headerOf(descriptor)}\n\n`);
  const writer = rowWriter(options.format, io, ['Acl', 'Ace', 'Type', 'Sid', 'Mask', 'Flags']);
  for (const name of ['dacl', 'sacl'] as const) {
    const acl = descriptor[name];
    for (const [index, ace] of (acl.kind === 'list' ? acl.aces : []).entries()) {
      const { Ace, Type, Sid, Flags } = aceRow(ace, index, () => []);
      await writer.row({
        Acl: name.toUpperCase(),
        Ace: Ace!,
        Type: Type!,
        Sid: Sid!,
        Mask: hexMask(ace.mask),
        Flags: Flags!,
      });
    }
  }
  await writer.end();
}

async function formatHex(hex: string, options: DomainOptions, io: Io): Promise<void> {
  if (!/^([0-9a-f]{2})+$/i.test(hex))
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `expected bytes in hex, got ${JSON.stringify(hex.slice(0, 40))}`,
    );
  const text = formatSddl(decodeSecurityDescriptor(Buffer.from(hex, 'hex')), domainOf(options));
  await write(io.stdout, `${text}\n`);
}

function domainOf({ domain }: DomainOptions) {
  return domain === undefined ? {} : { domain: parseSid(domain) };
}

function headerOf(descriptor: SecurityDescriptor): string {
  const { owner, group, dacl, sacl, control } = descriptor;
  const bytes = Buffer.from(encodeSecurityDescriptor(descriptor)).toString('hex');
  return [
    `Owner    ${owner ?? 'none'}`,
    `Group    ${group ?? 'none'}`,
    `Control  0x${control.toString(16)}`,
    `DACL     ${dacl.kind}`,
    `SACL     ${sacl.kind}`,
    `Bytes    ${bytes}`,
  ].join('\n');
}

function plain(descriptor: SecurityDescriptor): unknown {
  return JSON.parse(
    JSON.stringify(descriptor, (_, value) =>
      typeof value === 'bigint'
        ? value.toString()
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('hex')
          : value,
    ),
  );
}

function hexMask(mask: number): string {
  return `0x${mask.toString(16).toUpperCase()}`;
}
