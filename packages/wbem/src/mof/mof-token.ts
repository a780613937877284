import { WbemLimits } from '../cim/limits.ts';
import { IDENTIFIER } from '../cim/names.ts';
import { type MofProblem, type MofSource, mofError } from './mof-error.ts';

export type MofToken =
  | {
      readonly kind: 'word' | 'alias' | 'punctuation' | 'end';
      readonly text: string;
      readonly offset: number;
    }
  | {
      readonly kind: 'string' | 'char';
      readonly text: string;
      readonly value: string;
      readonly offset: number;
    }
  | { readonly kind: 'integer'; readonly text: string; readonly value: bigint; readonly offset: number }
  | { readonly kind: 'real'; readonly text: string; readonly value: number; readonly offset: number };

const SPACE = /[ \t\r\n\f\v]+|\/\/[^\n]*/y;
const WORD = new RegExp(IDENTIFIER, 'uy');
const NUMBER = /[+-]?[0-9a-z_]*(?:\.[0-9a-z_]*)?(?:(?<=\.[0-9]+e)[+-][0-9a-z_]*)?/iy;
const PUNCTUATION = '{}[]():;,=#';
const LONGEST_NUMBER = 400;
const SIMPLE_ESCAPES = new Map(
  Object.entries({ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'", '\\': '\\' }),
);

/**
 * The words, numbers, strings and signs of a MOF text; the last token is the end.
 * @throws ParseError `WBEMMOF_E_UNRECOGNIZED_TOKEN`, `WBEMMOF_E_ILLEGAL_CONSTANT_VALUE`,
 *   `WBEMMOF_E_OUT_OF_RANGE`, `WBEMMOF_E_EXPECTED_ALIAS_NAME`.
 */
export function tokenizeMof(source: MofSource): MofToken[] {
  const tokens: MofToken[] = [];
  let offset = skipSpace(source, 0);
  while (offset < source.text.length) {
    const token = tokenAt(source, offset);
    tokens.push(token);
    offset = skipSpace(source, offset + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', offset });
  return tokens;
}

function skipSpace(source: MofSource, start: number): number {
  const { text } = source;
  for (let offset = start; ; ) {
    const space = matchAt(SPACE, text, offset);
    if (space !== '') offset += space.length;
    else if (!text.startsWith('/*', offset)) return offset;
    else {
      const end = text.indexOf('*/', offset + 2);
      if (end < 0) throw unrecognized(source, offset, '*/ at the end of the comment', 'the end of the text');
      offset = end + 2;
    }
  }
}

function tokenAt(source: MofSource, offset: number): MofToken {
  const { text } = source;
  const first = text[offset]!;
  if (PUNCTUATION.includes(first)) return { kind: 'punctuation', text: first, offset };
  if (first === '"') return stringAt(source, offset);
  if (first === "'") return charAt(source, offset);
  if (first === '$') return aliasAt(source, offset);
  const word = nameAt(source, offset);
  if (word !== '') return { kind: 'word', text: word, offset };
  if (/[0-9.+-]/.test(first)) return numberAt(source, offset);
  throw unrecognized(source, offset, 'a word, number, string or sign of MOF', JSON.stringify(first));
}

function nameAt(source: MofSource, offset: number): string {
  const name = matchAt(WORD, source.text, offset);
  if (name.length <= WbemLimits.MaxIdentifier) return name;
  const expected = `a name of at most ${WbemLimits.MaxIdentifier} characters`;
  throw unrecognized(source, offset, expected, JSON.stringify(name.slice(0, 40)));
}

function aliasAt(source: MofSource, offset: number): MofToken {
  const name = nameAt(source, offset + 1);
  if (name !== '') return { kind: 'alias', text: `$${name}`, offset };
  const got = JSON.stringify(source.text.slice(offset, offset + 2));
  throw mofError(source, offset, { code: 'WBEMMOF_E_EXPECTED_ALIAS_NAME', expected: 'a name after $', got });
}

function numberAt(source: MofSource, offset: number): MofToken {
  const text = matchAt(NUMBER, source.text.slice(offset, offset + LONGEST_NUMBER), 0);
  if (/^[+-]?\d*\.\d+(?:e[+-]?\d+)?$/i.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return { kind: 'real', text, value, offset };
    throw illegal(source, offset, 'a real number that real64 can hold', text, 'WBEMMOF_E_OUT_OF_RANGE');
  }
  const value = integerOf(text);
  if (value === null) throw illegal(source, offset, 'a number', text);
  if (value < -(2n ** 63n) || value >= 2n ** 64n)
    throw illegal(source, offset, 'an integer of at most 64 bits', text, 'WBEMMOF_E_OUT_OF_RANGE');
  return { kind: 'integer', text, value, offset };
}

/** Decimal, `0x41`, `0101` (octal) or `1000001b`; null for anything else. */
export function integerOf(text: string): bigint | null {
  const [, sign, body] = /^([+-]?)([0-9a-z]{1,400})$/i.exec(text) ?? [];
  if (body === undefined) return null;
  const magnitude = magnitudeOf(body);
  return magnitude !== null && sign === '-' ? -magnitude : magnitude;
}

function magnitudeOf(body: string): bigint | null {
  if (/^0x[0-9a-f]+$/i.test(body)) return BigInt(body);
  if (/^[01]+b$/i.test(body)) return BigInt(`0b${body.slice(0, -1)}`);
  if (/^0[0-7]+$/.test(body)) return BigInt(`0o${body.slice(1)}`);
  return /^(?:0|[1-9]\d*)$/.test(body) ? BigInt(body) : null;
}

function stringAt(source: MofSource, offset: number): MofToken {
  const { value, end } = quotedAt(source, offset, '"');
  return { kind: 'string', text: source.text.slice(offset, end), value, offset };
}

function charAt(source: MofSource, offset: number): MofToken {
  const { value, end } = quotedAt(source, offset, "'");
  const text = source.text.slice(offset, end);
  if (value.length !== 1) throw illegal(source, offset, 'one UTF-16 unit in single quotes', text);
  return { kind: 'char', text, value, offset };
}

function quotedAt(source: MofSource, offset: number, quote: string): { value: string; end: number } {
  const { text } = source;
  const parts: string[] = [];
  let at = offset + 1;
  for (let start = at; ; start = at) {
    while (at < text.length && text[at] !== quote && text[at] !== '\\') at++;
    parts.push(text.slice(start, at));
    if (at >= text.length) throw illegal(source, offset, `${quote} at the end of the text in quotes`, 'none');
    if (text[at] === quote) return { value: parts.join(''), end: at + 1 };
    const [unit, length] = escapeAt(source, at);
    parts.push(unit);
    at += length;
  }
}

function escapeAt(source: MofSource, offset: number): readonly [unit: string, length: number] {
  const sequence = source.text.slice(offset, offset + 6);
  const simple = SIMPLE_ESCAPES.get(sequence[1] ?? '');
  if (simple !== undefined) return [simple, 2];
  const hex = /^\\x([0-9a-f]{1,4})/i.exec(sequence);
  if (hex === null)
    throw illegal(
      source,
      offset,
      'one of \\b \\t \\n \\f \\r \\" \\\' \\\\ \\xNNNN',
      JSON.stringify(sequence.slice(0, 2)),
    );
  return [String.fromCharCode(Number.parseInt(hex[1]!, 16)), hex[0].length];
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? '';
}

function illegal(
  source: MofSource,
  offset: number,
  expected: string,
  got: string,
  code: MofProblem['code'] = 'WBEMMOF_E_ILLEGAL_CONSTANT_VALUE',
) {
  return mofError(source, offset, { code, expected, got: got.slice(0, 40) });
}

function unrecognized(source: MofSource, offset: number, expected: string, got: string) {
  return mofError(source, offset, { code: 'WBEMMOF_E_UNRECOGNIZED_TOKEN', expected, got });
}
