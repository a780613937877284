import { parseSid, type Sid } from '@wmisec/access';
import { parseTarget } from '@wmisec/auth';
import { type AuditReport, audit, type Baseline, openFindings, parseBaseline } from '@wmisec/events';
import { Command, Option } from 'commander';
import { CommandEnd, ExitCode } from '../../exit-code.ts';
import { type Io, write } from '../../io.ts';
import { visible } from '../../output/visible.ts';
import { readText } from '../../read-text.ts';
import { sentenceOf } from '../../report-error.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { type Reach, withReach } from '../../session/session.ts';
import { positiveInteger } from '../positive-integer.ts';
import { AUDIT_FORMATS, type AuditFormat, auditWriter } from './audit-writer.ts';
import { readHosts } from './hosts.ts';
import { inOrder } from './in-order.ts';
import { writeBaseline } from './write-baseline.ts';

interface AuditCommandOptions extends ConnectionOptions {
  readonly hosts?: string;
  readonly parallel: number;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly administrator: readonly Sid[];
  readonly format: AuditFormat;
}

export function auditCommand(io: Io): Command {
  const command = new Command('audit')
    .description(
      'find what intruders leave in subscriptions, in every namespace (MITRE T1546.003); exit code 0 clean, 2 findings, 1 error',
    )
    .option('--hosts <file>', 'the machines to audit, a name or {"host":"name"} a line; - for stdin')
    .option('--parallel <machines>', 'how many at a time', positiveInteger('--parallel'), 8)
    .option('--baseline <file>', 'findings that are known and accepted')
    .option('--write-baseline <file>', 'accept what is found now: write it to a new file')
    .option('--administrator <sid>', 'an account that may write subscriptions; may be repeated', another, [])
    .addOption(
      new Option('-f, --format <format>', 'how it is written; json is one line a machine')
        .choices(AUDIT_FORMATS)
        .default('text'),
    );
  return withConnectionOptions(command, 'root').action((options) => run(options, io));
}

/** A machine's report, or why there is none. */
type Outcome = { readonly host: string | null } & (
  | { readonly report: AuditReport }
  | { readonly error: unknown }
);

async function run(options: AuditCommandOptions, io: Io): Promise<void> {
  const { server, namespace } = parseTarget(options.namespace);
  const hosts = options.hosts === undefined ? [server] : await readHosts(options.hosts, options, io);
  const baseline =
    options.baseline === undefined ? undefined : parseBaseline(await readText(options.baseline));
  const writer = auditWriter(options.format, io);
  const reports: AuditReport[] = [];
  let failed = false;
  await withReach(options, io, async (reach) => {
    const outcomes = inOrder(hosts, options.parallel, (host) =>
      auditHost(host, namespace, reach, options, baseline),
    );
    for await (const outcome of outcomes) {
      if ('report' in outcome) {
        reports.push(outcome.report);
        await writer.report(outcome.report);
      } else {
        io.signal.throwIfAborted();
        failed = true;
        const where = outcome.host === null ? '' : `${visible(outcome.host)}: `;
        await write(io.stderr, `wmisec: ${where}${sentenceOf(outcome.error)}\n`);
      }
    }
  });
  await writer.end();
  if (options.writeBaseline !== undefined) await writeBaseline(options.writeBaseline, reports, io);
  else if (reports.some((report) => openFindings(report).length > 0)) throw new CommandEnd(ExitCode.Findings);
  if (failed) throw new CommandEnd(ExitCode.Failure);
}

async function auditHost(
  host: string | null,
  namespace: string,
  { open, call }: Reach,
  { administrator: administrators }: AuditCommandOptions,
  baseline: Baseline | undefined,
): Promise<Outcome> {
  try {
    await using connection = await open(host, namespace);
    return { host, report: await audit(connection, { ...call, host, administrators, baseline }) };
  } catch (error) {
    return { host, error };
  }
}

function another(sid: string, before: readonly Sid[]): readonly Sid[] {
  return [...before, parseSid(sid)];
}
