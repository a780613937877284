import type { ParseError } from '../errors/parse-error.ts';
import type { PropertyName } from './query.ts';
import { invalidQuery } from './query-error.ts';
import { isReservedWord } from './reserved-words.ts';
import type { WqlToken } from './token.ts';
import { tokenize } from './tokenize.ts';

/** Reads the tokens of one query from left to right. Keywords are given in capitals. */
export class TokenReader {
  readonly #text: string;
  readonly #tokens: readonly WqlToken[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  get current(): WqlToken {
    return this.#tokens[this.#next]!;
  }

  /** Returns the current token and passes it; the end is never passed. */
  take(): WqlToken {
    const token = this.current;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  takeKeyword(keyword: string): boolean {
    const found = this.current.kind === 'word' && this.current.text.toUpperCase() === keyword;
    if (found) this.take();
    return found;
  }

  expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.error(keyword);
  }

  takeSymbol(symbol: string): boolean {
    const found = this.current.kind === 'symbol' && this.current.text === symbol;
    if (found) this.take();
    return found;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.error(symbol);
  }

  expectEnd(expected: string): void {
    if (this.current.kind !== 'end') throw this.error(expected);
  }

  /** True when a name may begin here. */
  isName(): boolean {
    return this.current.kind === 'word' && !isReservedWord(this.current.text);
  }

  name(expected: string): string {
    if (!this.isName()) throw this.error(expected);
    return this.take().text;
  }

  propertyName(): PropertyName {
    const names: [string, ...string[]] = [this.name('a property')];
    while (this.takeSymbol('.')) {
      if (this.current.kind !== 'word') throw this.error('a property of the embedded object');
      names.push(this.take().text);
    }
    return names;
  }

  /** @param token where the error is; the current one by default. */
  error(expected: string, token: WqlToken = this.current): ParseError {
    const got = token.kind === 'end' ? 'the end' : JSON.stringify(token.text.slice(0, 40));
    return invalidQuery(this.#text, token.offset, expected, got);
  }

  /** An error inside a token, such as that of the path between braces. */
  errorInside(token: WqlToken, offset: number, inner: ParseError): ParseError {
    return invalidQuery(this.#text, token.offset + offset, inner.expected, inner.got, inner);
  }
}
