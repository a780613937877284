import { COMBINED_RIGHTS, LABEL_RIGHTS, RIGHTS } from './rights-words.ts';

const SINGLE = Object.entries(RIGHTS);
const LABEL = Object.entries(LABEL_RIGHTS);
const WHOLE = new Map(
  Object.entries(COMBINED_RIGHTS)
    .reverse()
    .map(([word, mask]) => [mask, word]),
);

/** A mask as Windows prints it: the word for the whole of it, else its single rights, else hex. */
export function formatRights(mask: number): string {
  return WHOLE.get(mask) ?? formatSingles(mask, SINGLE);
}

/** The mask of a mandatory label. */
export function formatLabelRights(mask: number): string {
  return formatSingles(mask, LABEL);
}

function formatSingles(mask: number, words: readonly (readonly [string, number])[]): string {
  let text = '';
  let rest = mask;
  for (const [word, bit] of words) {
    if ((mask & bit) === 0) continue;
    text += word;
    rest &= ~bit;
  }
  return rest === 0 ? text : `0x${mask.toString(16)}`;
}
