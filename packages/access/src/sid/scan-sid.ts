import type { Sid } from './sid.ts';
import { MAX_AUTHORITY, MAX_SUB_AUTHORITIES, MAX_UINT32 } from './sid-limits.ts';

/** A place in a text, and how an error at a place of it is made. */
export interface SidCursor {
  readonly text: string;
  at: number;
  error(offset: number, expected: string): Error;
}

const ZERO = 0x30;
const NINE = 0x39;
const DASH = 0x2d;
const LOWER = 0x20;
const SMALL_S = 0x73;
const SMALL_X = 0x78;

/**
 * Reads `S-1-` and what belongs to it, and leaves the cursor behind it. As in Windows, the S may be small, the
 * authority hexadecimal, and numbers may have leading zeros; what comes out is canonical.
 * @throws the cursor's error
 */
export function scanSid(cursor: SidCursor): Sid {
  const { text } = cursor;
  const start = cursor.at;
  if ((text.charCodeAt(start) | LOWER) !== SMALL_S || !text.startsWith('-1-', start + 1)) {
    throw cursor.error(start, 'a SID that begins with S-1-');
  }
  cursor.at = start + 4;
  const canonicalAuthority = scanAuthority(cursor);
  const canonicalRest = scanSubAuthorities(cursor);
  const scanned = text.slice(start, cursor.at);
  const canonical = canonicalAuthority && canonicalRest && scanned[0] === 'S';
  return canonical ? (scanned as Sid) : canonicalSid(scanned);
}

/** Passes the authority; tells whether it is written as canonical text has it. */
function scanAuthority(cursor: SidCursor): boolean {
  const { text, at } = cursor;
  if (text.charCodeAt(at) !== ZERO || (text.charCodeAt(at + 1) | LOWER) !== SMALL_X) {
    return scanDecimal(cursor, MAX_AUTHORITY, 'an authority of 48 bits at most') <= MAX_UINT32;
  }
  let end = at + 2;
  while (end - at <= 14 && isHexDigit(text.charCodeAt(end))) end++;
  if (end === at + 2 || end - at > 14) throw cursor.error(at, 'an authority of 1 to 12 hex digits');
  cursor.at = end;
  return false;
}

function scanSubAuthorities(cursor: SidCursor): boolean {
  const { text } = cursor;
  let canonical = true;
  let count = 0;
  while (text.charCodeAt(cursor.at) === DASH) {
    const start = ++cursor.at;
    if (++count > MAX_SUB_AUTHORITIES)
      throw cursor.error(start - 1, `at most ${MAX_SUB_AUTHORITIES} sub-authorities`);
    scanDecimal(cursor, MAX_UINT32, 'a sub-authority of 32 bits at most');
    if (text.charCodeAt(start) === ZERO && cursor.at > start + 1) canonical = false;
  }
  if (count === 0) throw cursor.error(cursor.at, 'a sub-authority');
  return canonical;
}

function scanDecimal(cursor: SidCursor, max: number, expected: string): number {
  const { text } = cursor;
  const start = cursor.at;
  let at = start;
  let value = 0;
  for (let c = text.charCodeAt(at); c >= ZERO && c <= NINE; c = text.charCodeAt(++at)) {
    value = value * 10 + (c - ZERO);
    if (value > max) throw cursor.error(start, expected);
  }
  if (at === start) throw cursor.error(at, expected);
  cursor.at = at;
  return value;
}

function isHexDigit(c: number): boolean {
  return (c >= ZERO && c <= NINE) || ((c | LOWER) >= 0x61 && (c | LOWER) <= 0x66);
}

function canonicalSid(scanned: string): Sid {
  const [authority, ...rest] = scanned.slice(4).split('-').map(Number);
  return sidOf(authority!, rest);
}

/** The text of a SID by its numbers. */
export function sidOf(authority: number, subAuthorities: readonly number[]): Sid {
  return `S-1-${[authorityText(authority), ...subAuthorities].join('-')}`;
}

/** Decimal below 2^32, else `0x` and twelve hex digits. */
export function authorityText(authority: number): string {
  return authority <= MAX_UINT32 ? String(authority) : `0x${authority.toString(16).padStart(12, '0')}`;
}
