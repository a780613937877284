type CharacterTest = (character: string) => boolean;

/** `%`, or one character that must pass. */
type Piece = '%' | CharacterTest;

/**
 * A test for a LIKE pattern: `%` any characters, `_` one, `[abc]` and `[a-f]` one of a set, `[^a-f]` one
 * outside of it; letters match in any case. A bracket that nothing closes is itself. A character is a
 * UTF-16 unit. Time grows with the product of the lengths at most, whatever the pattern.
 * @see Microsoft, "LIKE Operator" (WQL)
 */
export function compileLike(pattern: string): (text: string) => boolean {
  const pieces = readPieces(pattern.toLowerCase());
  return (text) => matches(pieces, text.toLowerCase());
}

/** Greedy, with one way back: only the last `%` can be worth extending. */
function matches(pieces: readonly Piece[], text: string): boolean {
  let piece = 0;
  let at = 0;
  let retryPiece = -1;
  let retryAt = 0;
  while (at < text.length) {
    const test = pieces[piece];
    if (test === '%') {
      retryPiece = ++piece;
      retryAt = at;
      if (piece === pieces.length) return true;
    } else if (test?.(text[at]!)) {
      piece++;
      at++;
    } else if (retryPiece >= 0) {
      piece = retryPiece;
      at = ++retryAt;
    } else return false;
  }
  while (pieces[piece] === '%') piece++;
  return piece === pieces.length;
}

function readPieces(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const end = character === '[' ? pattern.indexOf(']', at + 1) : -1;
    if (end > 0) {
      pieces.push(readSet(pattern.slice(at + 1, end)));
      at = end;
    } else if (character === '%') {
      if (pieces.at(-1) !== '%') pieces.push('%');
    } else pieces.push(character === '_' ? () => true : (c) => c === character);
  }
  return pieces;
}

function readSet(body: string): CharacterTest {
  const negated = body.startsWith('^');
  const members = negated ? body.slice(1) : body;
  const single = new Set<string>();
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at++) {
    const first = members[at]!;
    const last = members[at + 2];
    if (members[at + 1] === '-' && last !== undefined) {
      ranges.push([first, last]);
      at += 2;
    } else single.add(first);
  }
  return (c) => (single.has(c) || ranges.some(([first, last]) => first <= c && c <= last)) !== negated;
}
