import {
  type AccessRequest,
  accessCheckBatchLine,
  checkAccess,
  explainAccess,
  formatExplanation,
  namespaceRightNames,
  parseNamespaceRights,
  readAccessRequest,
} from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';
import { Command, Option } from 'commander';
import { batchLines } from '../batch/batch-lines.ts';
import { type Io, write } from '../io.ts';
import { readJson } from '../read-json.ts';

interface AccessOptions {
  readonly sddl: string;
  readonly token: string;
  readonly desired: string;
  readonly mapping?: 'wmi';
  readonly domain?: string;
  readonly self?: string;
  readonly format: 'text' | 'json';
}

export function accessCommand(io: Io): Command {
  const check = new Command('check')
    .description('whether a token has the desired access')
    .option('--batch', 'answer JSON lines on stdin with JSON lines on stdout, in order');
  const explain = new Command('explain').description('the same answer with every step that led to it');
  return new Command('access')
    .description('check access as Windows does')
    .addCommand(
      withRequestOptions(check).action((options) =>
        options.batch ? batchLines(io, accessCheckBatchLine) : runCheck(options, io),
      ),
    )
    .addCommand(withRequestOptions(explain).action((options) => runExplain(options, io)));
}

function withRequestOptions(command: Command): Command {
  return command
    .option('--sddl <text>', 'the descriptor')
    .option('--token <json>', 'the token as JSON, or @file: {"user":"S-1-..","groups":["S-1-.."]}')
    .option('--desired <rights>', 'a mask (3, 0x3), or rights of a namespace (enable,remoteEnable)')
    .addOption(new Option('--mapping <kind>', 'what generic rights mean').choices(['wmi']))
    .option('--domain <sid>', 'the domain that aliases such as DA belong to')
    .option('--self <sid>', 'the SID that PRINCIPAL_SELF stands for')
    .addOption(
      new Option('-f, --format <format>', 'how it is written').choices(['text', 'json']).default('text'),
    );
}

async function runCheck(options: AccessOptions, io: Io): Promise<void> {
  const { descriptor, token, desired, options: how } = await requestOf(options);
  const result = checkAccess(descriptor, token, desired, how);
  if (options.format === 'json') return write(io.stdout, `${JSON.stringify(result)}\n`);
  const answer = result.granted
    ? `granted ${rightsText(result.mask)}`
    : `denied${result.code === undefined ? '' : ` (${result.code})`}`;
  await write(io.stdout, `${answer}\n`);
}

async function runExplain(options: AccessOptions, io: Io): Promise<void> {
  const { descriptor, token, desired, options: how } = await requestOf(options);
  const explanation = explainAccess(descriptor, token, desired, how);
  const rightNames = options.mapping === 'wmi' ? { rightNames: namespaceRightNames } : {};
  const text =
    options.format === 'json'
      ? JSON.stringify(explanation, plainBigint, 2)
      : formatExplanation(explanation, rightNames);
  await write(io.stdout, `${text}\n`);
}

async function requestOf({
  sddl,
  token,
  desired,
  mapping,
  domain,
  self,
}: AccessOptions): Promise<AccessRequest> {
  for (const [name, value] of Object.entries({ sddl, token, desired })) {
    if (value === undefined) throw new WmisecError('INVALID_ARGUMENT', `expected --${name}, got none`);
  }
  return readAccessRequest({
    sddl,
    domain,
    token: await readJson('--token', token),
    desired: maskOf(desired),
    mapping,
    self,
  });
}

function maskOf(text: string): number {
  return /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : parseNamespaceRights(text.split(','));
}

function rightsText(mask: number): string {
  return `0x${mask.toString(16).toUpperCase()}`;
}

function plainBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
