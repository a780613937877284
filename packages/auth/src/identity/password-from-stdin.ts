import { ComStatus, WbemError } from '@wmisec/wbem';
import { secretBytes } from './secret-bytes.ts';
import { utf8ToUtf16 } from './utf8-to-utf16.ts';

const MOST_BYTES = 0x1000;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The first line of standard input, UTF-8, as the UTF-16LE bytes that an identity takes; what follows it is
 * dropped. No string is made of it, and what was read is wiped.
 * @param input Default `process.stdin`, with no encoding set.
 * @throws WbemError `E_INVALIDARG` for more than 4096 bytes, or bytes that are not UTF-8.
 */
export async function passwordFromStdin(
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<Uint8Array> {
  const line = secretBytes(MOST_BYTES + 2);
  try {
    const utf16 = utf8ToUtf16(line.subarray(0, await readLine(input, line)));
    if (utf16 === null) throw unreadable('UTF-8');
    return utf16;
  } finally {
    line.fill(0);
  }
}

/** @returns the length of the line, without its end. */
async function readLine(input: AsyncIterable<Uint8Array>, line: Uint8Array): Promise<number> {
  let length = 0;
  for await (const chunk of input) {
    if (!(chunk instanceof Uint8Array)) throw unreadable('input as bytes, with no encoding set');
    const end = chunk.indexOf(NEWLINE);
    const piece = end < 0 ? chunk : chunk.subarray(0, end);
    const fits = length + piece.length < line.length;
    if (fits) line.set(piece, length);
    chunk.fill(0);
    if (!fits) throw unreadable(`at most ${MOST_BYTES} bytes`);
    length += piece.length;
    if (end >= 0) break;
  }
  if (line[length - 1] === CARRIAGE_RETURN) length--;
  if (length > MOST_BYTES) throw unreadable(`at most ${MOST_BYTES} bytes`);
  return length;
}

function unreadable(expected: string): WbemError {
  return new WbemError(
    ComStatus.E_INVALIDARG,
    `the password cannot be read from the input: expected ${expected}`,
  );
}
