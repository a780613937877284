import { writeFile } from 'node:fs/promises';
import type { NamespaceChange, OpenNamespace, PolicyBackup } from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';
import { type Io, write } from '../../io.ts';
import type { OpenSession } from '../../session/session.ts';

/** Writes a backup for its owner only, and never over another one. */
export async function saveBackup(file: string, backup: PolicyBackup): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(backup, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new WmisecError(
      'BACKUP_NOT_WRITTEN',
      `expected to write the backup to ${file}, nothing was changed (${reason})`,
      { cause },
    );
  }
}

/** A namespace by its full path, through the session's service. */
export function opener({ open }: OpenSession): OpenNamespace {
  return async (namespace) => (await open(namespace)).services;
}

export async function writeChanges(
  io: Io,
  changes: readonly NamespaceChange[],
  nothing: string,
): Promise<void> {
  const changed = changes.filter(({ lines }) => lines.length > 0);
  if (changed.length === 0) return write(io.stdout, `${nothing}\n`);
  for (const { namespace, lines } of changed) {
    await write(io.stdout, `${namespace}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
}
