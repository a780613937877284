import { scanLenientSid } from './scan-lenient-sid.ts';
import type { Sid } from './sid.ts';
import type { SidCursor } from './sid-cursor.ts';
import { MAX_SUB_AUTHORITIES, MAX_UINT32 } from './sid-limits.ts';

const ZERO = 0x30;
const NINE = 0x39;
const DASH = 0x2d;
const LOWER = 0x20;
const SMALL_X = 0x78;
const PREFIX = 'S-1-';

/**
 * Reads a SID and leaves the cursor behind it. Canonical text, the most of what comes, is cut out as it is; for
 * the rest see `scanLenientSid`.
 * @throws the cursor's error
 */
export function scanSid(cursor: SidCursor): Sid {
  const { text, at } = cursor;
  const end = canonicalEnd(text, at);
  if (end === -1) return scanLenientSid(cursor);
  cursor.at = end;
  return text.slice(at, end) as Sid;
}

/** Where a SID in canonical text ends, with an authority below 2^32; -1 when it is anything else. */
function canonicalEnd(text: string, start: number): number {
  if (!text.startsWith(PREFIX, start)) return -1;
  let at = decimalEnd(text, start + PREFIX.length);
  let count = 0;
  while (at !== -1 && text.charCodeAt(at) === DASH) {
    if (++count > MAX_SUB_AUTHORITIES) return -1;
    at = decimalEnd(text, at + 1);
  }
  return count === 0 ? -1 : at;
}

/** Where a number of 32 bits without leading zeros ends; -1 when there is none. */
function decimalEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === ZERO) return isAlone(text.charCodeAt(start + 1)) ? start + 1 : -1;
  let at = start;
  let value = 0;
  for (let c = first; c >= ZERO && c <= NINE; c = text.charCodeAt(++at)) {
    value = value * 10 + (c - ZERO);
    if (value > MAX_UINT32) return -1;
  }
  return at === start ? -1 : at;
}

/** Whether a zero with this unit behind it is all of a number. */
function isAlone(next: number): boolean {
  return !((next >= ZERO && next <= NINE) || (next | LOWER) === SMALL_X);
}
