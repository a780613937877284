import { readFile } from 'node:fs/promises';
import { WmisecError } from '@wmisec/wbem';

/** @throws WmisecError `FILE_NOT_READ` in one sentence. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new WmisecError('FILE_NOT_READ', `expected a file that can be read, got ${file} (${reason})`, {
      cause,
    });
  }
}
