const UPPER = ~0x20;
const A = 0x41;
const LETTERS = 26;

/** The index for what are not two letters. */
const NO_PAIR = LETTERS * LETTERS;

/** The index of the two letters at an offset, whatever their case, in a table made by this module. */
export function letterPair(text: string, at: number): number {
  const first = (text.charCodeAt(at) & UPPER) - A;
  const second = (text.charCodeAt(at + 1) & UPPER) - A;
  const letters = first >= 0 && first < LETTERS && second >= 0 && second < LETTERS;
  return letters ? first * LETTERS + second : NO_PAIR;
}

/** The values of two-letter words by `letterPair`; shorter words are left out. */
export function byLetterPair<T>(words: Readonly<Record<string, T>>): readonly (T | undefined)[] {
  const table = new Array<T | undefined>(NO_PAIR + 1).fill(undefined);
  for (const [word, value] of Object.entries(words))
    if (word.length === 2) table[letterPair(word, 0)] = value;
  return table;
}

/** The masks of two-letter words by `letterPair`, as signed 32-bit numbers; 0 for what is no word. */
export function masksByLetterPair(words: Readonly<Record<string, number>>): Int32Array {
  const table = new Int32Array(NO_PAIR + 1);
  for (const [word, mask] of Object.entries(words)) table[letterPair(word, 0)] = mask;
  return table;
}
