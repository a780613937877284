import type { SddlCursor } from './sddl-cursor.ts';

const HASH = 0x23;
const DIGITS = /[0-9A-Fa-f#]*/y;

/**
 * Reads hex digits behind an optional `#`. As in Windows, a `#` among them stands for 0, and an odd number of
 * them for one more 0 in front.
 * @see ACE Strings (Win32)
 */
export function readOctets(cursor: SddlCursor): Uint8Array {
  if (cursor.peek() === HASH) cursor.at++;
  DIGITS.lastIndex = cursor.at;
  const digits = DIGITS.exec(cursor.text)![0];
  cursor.at += digits.length;
  const hex = digits.replaceAll('#', '0');
  return Uint8Array.from(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}
