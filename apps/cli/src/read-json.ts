import { WmisecError } from '@wmisec/wbem';
import { readText } from './read-text.ts';

/**
 * The JSON that an option has, or the file that it names after `@`.
 * @throws WmisecError `INVALID_ARGUMENT`, `FILE_NOT_READ`.
 */
export async function readJson<T>(option: string, text: string): Promise<T> {
  const json = text.startsWith('@') ? await readText(text.slice(1)) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `${option}: expected JSON, got ${JSON.stringify(json.slice(0, 40))}`,
      { cause },
    );
  }
}
