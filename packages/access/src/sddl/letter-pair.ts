const LOWER = 0x20;
const SMALL_A = 0x61;
const LETTERS = 26;

/** The index for what are not two letters. */
const NO_PAIR = LETTERS * LETTERS;

/** The index of the two letters at an offset, whatever their case, in a table made by this module. */
export function letterPair(text: string, at: number): number {
  return pairOf(text.charCodeAt(at), text.charCodeAt(at + 1));
}

/** As `letterPair`, for two units that have been read already. */
export function pairOf(firstCode: number, secondCode: number): number {
  const first = ((firstCode | LOWER) - SMALL_A) >>> 0;
  const second = ((secondCode | LOWER) - SMALL_A) >>> 0;
  return first < LETTERS && second < LETTERS ? first * LETTERS + second : NO_PAIR;
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
