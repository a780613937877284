import { writeFile } from 'node:fs/promises';
import { type AuditReport, baselineOf } from '@wmisec/events';
import { WmisecError } from '@wmisec/wbem';
import { type Io, write } from '../../io.ts';

/**
 * Accepts what was found, in a new file.
 * @throws WmisecError `BASELINE_NOT_WRITTEN`, also for a file that is there already.
 */
export async function writeBaseline(file: string, reports: readonly AuditReport[], io: Io): Promise<void> {
  const baseline = baselineOf(reports);
  try {
    await writeFile(file, `${JSON.stringify(baseline, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const message = `expected to write the baseline to a new file, got ${file} (${reason})`;
    throw new WmisecError('BASELINE_NOT_WRITTEN', message, { cause });
  }
  await write(io.stderr, `wmisec: ${baseline.accepted.length} findings are accepted in ${file}\n`);
}
