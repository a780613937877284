import { WmisecError } from '@wmisec/wbem';
import { GroupAttributes } from './token.ts';

const WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries(GroupAttributes).map(([word, bit]) => [word.toLowerCase(), bit]),
);

/**
 * A mask of `GroupAttributes` from their words, in any case: `['Mandatory', 'Enabled']`.
 * @throws WmisecError `INVALID_ARGUMENT` for a word that is none.
 */
export function parseGroupAttributes(words: readonly string[]): number {
  return words.reduce((mask, word) => mask | bitOf(word), 0) >>> 0;
}

/** The words of a mask, in the order of `GroupAttributes`. Bits without a word are left out. */
export function groupAttributeWords(mask: number): string[] {
  return Object.entries(GroupAttributes)
    .filter(([, bit]) => (mask & bit) !== 0)
    .map(([word]) => word);
}

function bitOf(word: string): number {
  const bit = WORDS.get(String(word).toLowerCase());
  if (bit !== undefined) return bit;
  const known = Object.keys(GroupAttributes).join(', ');
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `expected a group attribute (${known}), got ${JSON.stringify(word)}`,
  );
}
