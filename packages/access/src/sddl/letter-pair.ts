const UPPER = ~0x20;
const A = 0x41;
const LETTERS = 26;

/** The size of a table that is indexed by `letterPair`. */
export const LETTER_PAIRS = LETTERS * LETTERS;

/** The index of the two letters at an offset, whatever their case; -1 when they are not letters. */
export function letterPair(text: string, at: number): number {
  const first = (text.charCodeAt(at) & UPPER) - A;
  const second = (text.charCodeAt(at + 1) & UPPER) - A;
  const letters = first >= 0 && first < LETTERS && second >= 0 && second < LETTERS;
  return letters ? first * LETTERS + second : -1;
}

/** The values of a table by the index of their two letters. */
export function byLetterPair<T>(words: Readonly<Record<string, T>>): readonly (T | undefined)[] {
  const table = new Array<T | undefined>(LETTER_PAIRS).fill(undefined);
  for (const [word, value] of Object.entries(words)) table[letterPair(word, 0)] = value;
  return table;
}
