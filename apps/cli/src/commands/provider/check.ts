import type { ProviderReview, ReviewedAccess } from '@wmisec/provider';
import { Command, Option } from 'commander';
import { type Io, write } from '../../io.ts';
import { rowWriter } from '../../output/row-writer.ts';
import { loadDefinitions } from './load-definitions.ts';

interface CheckOptions {
  readonly format: 'table' | 'json';
}

export function checkCommand(io: Io): Command {
  return new Command('check')
    .description(
      'validate the provider that a module exports; print who can do what, what to look at, and its MOF',
    )
    .argument('<file>', 'a module (.mjs, .js) that exports what defineProvider gives; loading runs it')
    .addOption(
      new Option('-f, --format <format>', 'how it is written').choices(['table', 'json']).default('table'),
    )
    .action((file: string, options: CheckOptions) => check(file, options, io));
}

async function check(file: string, { format }: CheckOptions, io: Io): Promise<void> {
  const { mofOf, reviewProvider } = await import('@wmisec/provider');
  const checked = (await loadDefinitions(file)).map((definition) => ({
    review: reviewProvider(definition),
    mof: mofOf(definition),
  }));
  if (format === 'json') return write(io.stdout, `${JSON.stringify(checked, null, 2)}\n`);
  for (const { review, mof } of checked) await print(review, mof, io);
}

async function print(review: ProviderReview, mof: string, io: Io): Promise<void> {
  await write(io.stdout, `${headerOf(review)}\n\n`);
  const writer = rowWriter('table', io, ['Subject', 'Operation', 'Who', 'Privileges']);
  for (const access of review.accesses) await writer.row(accessRow(access));
  await writer.end();
  const findings = review.findings.map(({ severity, text }) => `${severity.padEnd(6)}  ${text}\n`);
  await write(io.stdout, `\n${findings.join('') || 'nothing to look at\n'}\n${mof}`);
}

function headerOf({ name, namespace, runsAs, impersonates, knowsCallers }: ProviderReview): string {
  const acting = impersonates ? 'and, inside of impersonate, as its callers' : 'and never as its callers';
  const knowing = knowsCallers ? 'learns who calls' : 'does not learn who calls';
  return [
    `Provider   ${name}`,
    `Namespace  ${namespace}`,
    `Runs as    ${runsAs}, ${acting}`,
    `Natively   ${knowing}`,
  ].join('\n');
}

function accessRow({ subject, operation, grants, privileges }: ReviewedAccess) {
  const who = grants.map(({ effect, name }) => `${PREFIX[effect]}${name}`);
  return {
    Subject: subject,
    Operation: operation,
    Who: who.length === 0 ? 'nobody' : who.join(', '),
    Privileges: privileges.join(', '),
  };
}

const PREFIX = { allow: '', deny: 'never ', conditional: 'on a condition ' } as const;
