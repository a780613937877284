import { NAMESPACE_OPERATIONS, type NamespaceOperation, type WriteTarget } from '@wmisec/access';
import type { Diagnosis } from '@wmisec/auth';
import { diagnose } from '@wmisec/auth';
import { Command, Option } from 'commander';
import { type Io, write } from '../io.ts';
import {
  authnLevelOf,
  type ConnectionOptions,
  impLevelOf,
  withConnectionOptions,
} from '../session/connection-options.ts';
import { openTransport } from '../session/open-transport.ts';

interface DiagnoseOptions extends ConnectionOptions {
  readonly need: NamespaceOperation;
  readonly writeTarget: WriteTarget;
  readonly format: 'text' | 'json';
}

export function diagnoseCommand(io: Io): Command {
  const command = new Command('diagnose')
    .description('say which gate refuses an operation, what is missing and what would mend it')
    .addOption(
      new Option('--need <operation>', 'what is wanted').choices(NAMESPACE_OPERATIONS).default('execQuery'),
    )
    .addOption(
      new Option('--write-target <kind>', 'what a write is aimed at')
        .choices(['static', 'dynamic', 'system-derived'])
        .default('static'),
    )
    .addOption(
      new Option('-f, --format <format>', 'how it is written').choices(['text', 'json']).default('text'),
    );
  return withConnectionOptions(command).action((options) => run(options, io));
}

async function run(options: DiagnoseOptions, io: Io): Promise<void> {
  await using opened = await openTransport(options, io);
  const diagnosis = await diagnose({
    target: options.namespace,
    need: options.need,
    writeTarget: options.writeTarget,
    transport: opened.transport,
    identity: opened.identity,
    blanket: { authnLevel: authnLevelOf(options), impLevel: impLevelOf(options) },
    signal: io.signal,
    timeoutMs: options.timeout && options.timeout * 1000,
  });
  await write(
    io.stdout,
    options.format === 'json' ? `${JSON.stringify(diagnosis, null, 2)}\n` : textOf(diagnosis, options),
  );
}

function textOf({ verdict, steps, facts, refusal }: Diagnosis, { need, namespace }: DiagnoseOptions): string {
  const lines = [
    `${need} on ${namespace}: ${verdict}`,
    ...steps.map(({ gate, outcome, detail }) => `  ${outcome.padEnd(8)} ${gate.padEnd(20)} ${detail}`),
  ];
  if (refusal?.ace) lines.push(`decided by ACE ${refusal.ace.index}: ${refusal.ace.sddl}`);
  if (refusal?.fix) lines.push(`to mend it: ${refusal.fix}`);
  lines.push(...facts.map(({ name, value, source }) => `  ${name}: ${value} (${source})`));
  return `${lines.join('\n')}\n`;
}
