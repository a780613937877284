import { isUtf8, transcode } from 'node:buffer';
import type { Readable } from 'node:stream';
import { WmisecError } from '@wmisec/wbem';

/** Of the first line. A password has at most 256 UTF-16 units. */
const MAX_BYTES = 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Reads a password from the first line of stdin, UTF-8. It never is a string, and the bytes that were read are
 * wiped.
 * @returns UTF-16LE without the end of the line, to be wiped by whoever uses it.
 * @throws WmisecError `INVALID_ARGUMENT` for no line, one that is too long, or bytes that are no UTF-8.
 */
export async function readPassword(stdin: Readable): Promise<Uint8Array> {
  const line = Buffer.alloc(MAX_BYTES);
  try {
    const length = await readLine(stdin, line);
    const password = line.subarray(0, length);
    if (length === 0 || !isUtf8(password)) throw refused('a line of UTF-8');
    return inUtf16(password);
  } finally {
    line.fill(0);
  }
}

async function readLine(stdin: Readable, line: Buffer): Promise<number> {
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    const end = bytes.indexOf(NEWLINE);
    const taken = end < 0 ? bytes : bytes.subarray(0, end);
    const fits = length + taken.length <= line.length;
    if (fits) line.set(taken, length);
    length += taken.length;
    bytes.fill(0);
    if (!fits) throw refused(`a line of at most ${MAX_BYTES} bytes`);
    if (end >= 0) break;
  }
  return length > 0 && line[length - 1] === RETURN ? length - 1 : length;
}

/** A copy: what `transcode` gives may be part of a larger buffer. */
function inUtf16(utf8: Uint8Array): Uint8Array {
  const converted = transcode(utf8, 'utf8', 'utf16le');
  const password = Uint8Array.from(converted);
  converted.fill(0);
  return password;
}

function refused(expected: string): WmisecError {
  return new WmisecError(
    'INVALID_ARGUMENT',
    `--password-stdin: expected ${expected} with the password on stdin`,
  );
}
