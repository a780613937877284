import type { Guid } from '@wmisec/wbem';
import type { SddlCursor } from './sddl-cursor.ts';

const SEMICOLON = 0x3b;
const LENGTH = 36;
const DASHES = [8, 13, 18, 23];

/** Reads a GUID field without braces. It may be empty, and only then Windows takes blanks in it. */
export function readGuid(cursor: SddlCursor): Guid | undefined {
  const { text, at } = cursor;
  if (text.charCodeAt(at) === SEMICOLON) return undefined;
  cursor.skipBlanks();
  if (cursor.peek() === SEMICOLON) return undefined;
  for (let i = 0; i < LENGTH; i++) {
    const expected = DASHES.includes(i)
      ? text.charCodeAt(at + i) === 0x2d
      : isHexDigit(text.charCodeAt(at + i));
    if (!expected) throw cursor.error(at, 'a GUID of 8-4-4-4-12 hex digits, or ";"');
  }
  cursor.at = at + LENGTH;
  return `{${text.slice(at, at + LENGTH).toUpperCase()}}`;
}

function isHexDigit(code: number): boolean {
  const letter = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}
