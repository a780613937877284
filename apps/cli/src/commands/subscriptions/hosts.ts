import { text } from 'node:stream/consumers';
import { WmisecError } from '@wmisec/wbem';
import type { Io } from '../../io.ts';
import { readText } from '../../read-text.ts';
import type { ConnectionOptions } from '../../session/connection-options.ts';

/** What the target of a connection takes as a server. */
const HOST = /^[\p{L}\p{N}._:-]{1,255}$/u;

/**
 * The machines of a list: a name or a JSON object with `host` a line; blank lines and `#` comments are passed over.
 * @param file `-` for stdin.
 * @throws WmisecError `INVALID_ARGUMENT` for a line that is none, or an empty list.
 */
export async function readHosts(
  file: string,
  { passwordStdin }: ConnectionOptions,
  io: Io,
): Promise<string[]> {
  if (file === '-' && passwordStdin === true)
    throw new WmisecError('INVALID_ARGUMENT', '--hosts: expected a file beside --password-stdin, got stdin');
  const lines = (file === '-' ? await text(io.stdin) : await readText(file)).split('\n');
  const hosts = lines.flatMap((line, at) => hostOf(line.trim(), at + 1) ?? []);
  if (hosts.length === 0)
    throw new WmisecError('INVALID_ARGUMENT', '--hosts: expected a machine a line, got none');
  return [...new Set(hosts)];
}

function hostOf(line: string, number: number): string | null {
  if (line === '' || line.startsWith('#')) return null;
  const host = /^[{"]/.test(line) ? inJson(line) : line;
  if (typeof host === 'string' && HOST.test(host)) return host;
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `--hosts: expected a name or {"host":"name"} in line ${number}, got ${JSON.stringify(line.slice(0, 80))}`,
  );
}

function inJson(line: string): unknown {
  try {
    const value = JSON.parse(line);
    return typeof value === 'string' ? value : value?.host;
  } catch {
    return null;
  }
}
