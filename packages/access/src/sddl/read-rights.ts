import { masksByLetterPair, pairOf } from './letter-pair.ts';
import { COMBINED_RIGHTS, LABEL_RIGHTS, RIGHTS } from './rights-words.ts';
import type { SddlCursor } from './sddl-cursor.ts';

const WORDS = masksByLetterPair({ ...RIGHTS, ...COMBINED_RIGHTS, ...LABEL_RIGHTS });
const SEMICOLON = 0x3b;
const ZERO = 0x30;
const LOWER = 0x20;
const BLANK = 0x20;
const SMALL_X = 0x78;
const MAX_MASK = 0xffff_ffff;

/**
 * Reads a rights field up to its semicolon: words one after the other, between which Windows takes spaces, or a
 * number as C writes it (`0x` hex, `0` octal, else decimal). Windows also takes negative and overflowing numbers; these are refused here, since
 * nobody means the mask that comes of them.
 */
export function readRights(cursor: SddlCursor): number {
  cursor.skipBlanks();
  const { text } = cursor;
  let { at } = cursor;
  let code = text.charCodeAt(at);
  if (isDigit(code)) return readNumber(cursor);
  let mask = 0;
  while (code !== SEMICOLON) {
    const right = WORDS[pairOf(code, text.charCodeAt(at + 1))]!;
    if (right === 0) throw cursor.error(at, 'a right such as RP, or ";"');
    mask |= right;
    at += 2;
    code = text.charCodeAt(at);
    if (code === BLANK) {
      at = nextWord(text, at);
      code = text.charCodeAt(at);
    }
  }
  cursor.at = at;
  return mask >>> 0;
}

/** Passes blanks in front of a word; blanks in front of the semicolon are not passed. */
function nextWord(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === BLANK) at++;
  return text.charCodeAt(at) === SEMICOLON ? start : at;
}

function readNumber(cursor: SddlCursor): number {
  const { text, at } = cursor;
  const prefixed = text.charCodeAt(at) === ZERO;
  const hex = prefixed && (text.charCodeAt(at + 1) | LOWER) === SMALL_X;
  const base = hex ? 16 : prefixed ? 8 : 10;
  const start = hex ? at + 2 : at;
  let end = start;
  let mask = 0;
  for (let digit = digitAt(text, end); digit < base; digit = digitAt(text, ++end)) {
    mask = mask * base + digit;
    if (mask > MAX_MASK) throw cursor.error(at, 'a mask of at most 32 bits');
  }
  if (end === start || text.charCodeAt(end) !== SEMICOLON)
    throw cursor.error(end, `a digit of base ${base} or ";"`);
  cursor.at = end;
  return mask;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (isDigit(code)) return code - ZERO;
  const letter = (code | LOWER) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : Number.POSITIVE_INFINITY;
}
