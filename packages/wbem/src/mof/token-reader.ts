import { WbemLimits } from '../cim/limits.ts';
import type { ParseError } from '../errors/parse-error.ts';
import { type MofProblem, type MofSource, mofError } from './mof-error.ts';
import { type MofToken, tokenizeMof } from './mof-token.ts';

type Code = MofProblem['code'];

/** A cursor over the tokens of a MOF text, with the questions that its grammar asks. */
export interface TokenReader {
  /** The token at hand, or one further on. */
  peek(ahead?: number): MofToken;
  next(): MofToken;
  isWord(word: string, ahead?: number): boolean;
  /** Takes the sign or keyword when it stands here. */
  take(text: string): boolean;
  /** @throws ParseError with `code` when the sign or keyword does not stand here. */
  expect(text: string, code: Code): void;
  /** A name, whatever it is. */
  expectName(what: string, code: Code): string;
  /** The error for a token, by default the one at hand. */
  fail(code: Code, expected: string, token?: MofToken): ParseError;
  /** Runs `parse` one object deeper. @throws ParseError past `WbemLimits.MaxObjectNesting`. */
  nest<T>(parse: () => T): T;
}

export function createTokenReader(source: MofSource): TokenReader {
  const tokens = tokenizeMof(source);
  const end = tokens.at(-1)!;
  let position = 0;
  let depth = 0;

  const reader: TokenReader = {
    peek: (ahead = 0) => tokens[position + ahead] ?? end,
    next: () => tokens[position++] ?? end,
    isWord(word, ahead = 0) {
      const token = reader.peek(ahead);
      return token.kind === 'word' && token.text.toLowerCase() === word;
    },
    take(text) {
      const token = reader.peek();
      const found = token.kind === 'punctuation' ? token.text === text : reader.isWord(text);
      if (found) position++;
      return found;
    },
    expect(text, code) {
      if (!reader.take(text)) throw reader.fail(code, text);
    },
    expectName(what, code) {
      const token = reader.peek();
      if (token.kind !== 'word' || token.text.length > WbemLimits.MaxIdentifier)
        throw reader.fail(code, what);
      position++;
      return token.text;
    },
    fail(code, expected, token = reader.peek()) {
      const got = token.kind === 'end' ? 'the end of the text' : JSON.stringify(token.text.slice(0, 40));
      return mofError(source, token.offset, { code, expected, got });
    },
    nest(parse) {
      if (depth >= WbemLimits.MaxObjectNesting)
        throw reader.fail(
          'WBEMMOF_E_INVALID_INSTANCE_DECLARATION',
          `at most ${WbemLimits.MaxObjectNesting} objects in one another`,
        );
      depth++;
      const parsed = parse();
      depth--;
      return parsed;
    },
  };
  return reader;
}
