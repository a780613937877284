import type { SddlCursor } from './sddl-cursor.ts';

const QUOTE = 0x22;

/** Reads a text in double quotes. SDDL has no escapes: a quote ends it. */
export function readString(cursor: SddlCursor): string {
  cursor.expect(QUOTE);
  const start = cursor.at;
  const end = cursor.text.indexOf('"', start);
  if (end === -1) throw cursor.error(cursor.text.length, 'a closing quote');
  cursor.at = end + 1;
  return cursor.text.slice(start, end);
}
