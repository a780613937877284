import { type Ace, AceFlags, AceType } from '@wmisec/access';
import type { Row } from '../output/row-writer.ts';

const TYPES = new Map<number, string>(Object.entries(AceType).map(([word, type]) => [type, word]));
const FLAGS = Object.entries(AceFlags).filter(([word]) => word !== 'TrustProtectedFilter');

/** An access control entry as a line of a table. */
export function aceRow(
  { type, sid, mask, flags }: Ace,
  index: number,
  rightNames: (mask: number) => string[],
): Row {
  return {
    Ace: index,
    Type: TYPES.get(type) ?? String(type),
    Sid: sid,
    Rights: rightNames(mask).join(' '),
    Flags: FLAGS.filter(([, bit]) => (flags & bit) !== 0)
      .map(([word]) => word)
      .join(' '),
  };
}
