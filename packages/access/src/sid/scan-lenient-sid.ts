import { sidOf } from './authority-text.ts';
import type { Sid } from './sid.ts';
import type { SidCursor } from './sid-cursor.ts';
import { MAX_AUTHORITY, MAX_SUB_AUTHORITIES, MAX_UINT32 } from './sid-limits.ts';

const START = /s-[ \t]*1-/iy;
const NUMBER = /[ \t]*(0x[0-9a-f]+|[0-9]+)/iy;
const DASH = 0x2d;
const COLON = 0x3a;

/**
 * Reads a SID with all that Windows lets pass: a small `s`, blanks behind dashes, hexadecimal numbers, leading
 * zeros. Windows also cuts a number of too many bits off to the largest; that would name somebody whom nobody
 * meant, so it is refused here.
 * @throws the cursor's error
 */
export function scanLenientSid(cursor: SidCursor): Sid {
  const { text, at: start } = cursor;
  START.lastIndex = start;
  if (!START.test(text)) throw cursor.error(start, 'a SID that begins with S-1-');
  cursor.at = START.lastIndex;
  const authority = scanNumber(cursor, MAX_AUTHORITY, 'an authority of 48 bits at most');
  const subAuthorities: number[] = [];
  while (text.charCodeAt(cursor.at) === DASH) {
    if (subAuthorities.length === MAX_SUB_AUTHORITIES) {
      throw cursor.error(cursor.at, `at most ${MAX_SUB_AUTHORITIES} sub-authorities`);
    }
    cursor.at++;
    subAuthorities.push(scanNumber(cursor, MAX_UINT32, 'a sub-authority of 32 bits at most'));
  }
  if (subAuthorities.length === 0) throw cursor.error(cursor.at, 'a sub-authority');
  return sidOf(authority, subAuthorities);
}

function scanNumber(cursor: SidCursor, max: number, expected: string): number {
  const { text, at } = cursor;
  NUMBER.lastIndex = at;
  let digits = NUMBER.exec(text)?.[1];
  if (digits === undefined) throw cursor.error(at, expected);
  cursor.at = NUMBER.lastIndex;
  if (isTagAtEnd(text, cursor.at, digits)) {
    digits = digits.slice(0, -1);
    cursor.at--;
  }
  const value = Number(digits);
  if (!(value <= max)) throw cursor.error(at, expected);
  return value;
}

/** Whether the last hex digit is the `D` of a `D:` that follows in SDDL. */
function isTagAtEnd(text: string, end: number, digits: string): boolean {
  return text.charCodeAt(end) === COLON && digits.length > 3 && digits.toLowerCase().startsWith('0x');
}
