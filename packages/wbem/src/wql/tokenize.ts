import { parseInteger } from '../path/parse-integer.ts';
import { matchAt, PathText } from '../path/path-text.ts';
import { readQuoted } from '../path/quoted-text.ts';
import { invalidQuery } from './query-error.ts';
import type { WqlToken } from './token.ts';

const SPACE = /[ \t\r\n\f\v]+/y;
const NUMBER = /[+-]?(?:0x[0-9a-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(?![0-9a-z_.])/iy;
const SYMBOL = /<>|!=|<=|>=|[=<>(),.*]/y;
const INTEGER = /^[+-]?(?:0x[0-9a-f]+|\d+)$/i;
const SHOWN = 40;

/** The tokens of a query, an `end` at the end. */
export function tokenize(text: string): readonly WqlToken[] {
  const tokens: WqlToken[] = [];
  for (let at = 0; ; ) {
    at += matchAt(SPACE, text, at).length;
    const token = at === text.length ? { kind: 'end' as const, offset: at, text: '' } : readToken(text, at);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at += token.text.length;
  }
}

function readToken(text: string, offset: number): WqlToken {
  const first = text[offset];
  if (first === '"' || first === "'") return readString(text, offset);
  if (first === '{') return readPath(text, offset);
  const number = matchAt(NUMBER, text, offset);
  if (number !== '') return readNumber(text, offset, number);
  const word = matchAt(PathText.identifier, text, offset);
  if (word !== '') return { kind: 'word', offset, text: word };
  const symbol = matchAt(SYMBOL, text, offset);
  if (symbol !== '') return { kind: 'symbol', offset, text: symbol };
  throw invalidQuery(text, offset, 'a word, a constant or an operator', shown(text, offset));
}

function readString(text: string, offset: number): WqlToken {
  const read = readQuoted(text, offset);
  if (!('value' in read)) throw invalidQuery(text, read.offset, read.expected, shown(text, read.offset));
  return { kind: 'string', offset, text: text.slice(offset, read.end), value: read.value };
}

function readNumber(text: string, offset: number, number: string): WqlToken {
  if (INTEGER.test(number)) {
    const value = parseInteger(number);
    if (value === null) throw invalidQuery(text, offset, 'an integer of 64 bits', number.slice(0, SHOWN));
    return { kind: 'integer', offset, text: number, value };
  }
  const value = Number(number);
  if (!Number.isFinite(value)) throw invalidQuery(text, offset, 'a real of 64 bits', number.slice(0, SHOWN));
  return { kind: 'real', offset, text: number, value };
}

/** A path in braces; a brace in one of its strings does not end it. */
function readPath(text: string, offset: number): WqlToken {
  let quote = '';
  for (let at = offset + 1; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '' && character === '\\') at++;
    else if (quote === '' && character === '}')
      return { kind: 'path', offset, text: text.slice(offset, at + 1), value: text.slice(offset + 1, at) };
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  throw invalidQuery(text, text.length, 'a closing }', 'the end');
}

function shown(text: string, offset: number): string {
  return offset >= text.length ? 'the end' : JSON.stringify(text.slice(offset, offset + SHOWN));
}
