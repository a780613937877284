import { applyPolicy, type Policy, planPolicy } from '@wmisec/access';
import { type Command, Option } from 'commander';
import { type Io, write } from '../../io.ts';
import type { OpenSession } from '../../session/session.ts';
import { opener, saveBackup, writeChanges } from './policy-files.ts';

export interface ChangeOptions {
  /** Where to keep what was. */
  readonly backup: string;
  /** Only says what would change. */
  readonly dryRun?: boolean;
}

export function withChangeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--backup <file>', 'where to keep what was, for rollback').default('wmisec-backup.json'),
    )
    .option('--dry-run', 'only say what would change');
}

/** Applies a policy and says what changed, or only says it. */
export async function changeNamespaces(
  policy: Policy,
  session: OpenSession,
  options: ChangeOptions,
  io: Io,
): Promise<void> {
  const open = opener(session);
  if (options.dryRun)
    return writeChanges(io, await planPolicy(policy, open, session.call), 'nothing would change');
  const changes = await applyPolicy(policy, open, {
    ...session.call,
    saveBackup: (backup) => saveBackup(options.backup, backup),
  });
  await writeChanges(io, changes, 'nothing to change');
  if (changes.length > 0) await write(io.stderr, `what was is kept in ${options.backup}\n`);
}
