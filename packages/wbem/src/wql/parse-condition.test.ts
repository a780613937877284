import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ParseError } from '../errors/parse-error.ts';
import { expectCode } from '../testing.ts';
import { parseWql } from './parse-wql.ts';
import type { Condition } from './query.ts';

function where(text: string): Condition | null {
  const query = parseWql(`SELECT * FROM X WHERE ${text}`);
  return query.kind === 'select' ? query.where : null;
}

test.each([
  ['a = "x"', '=', 'x'],
  ["a = 'x'", '=', 'x'],
  ['a = \'say "x"\'', '=', 'say "x"'],
  ['a = "\\\\ \\" \\\'"', '=', '\\ " \''],
  ['a = 5', '=', 5n],
  ['a = +5', '=', 5n],
  ['a = -5', '=', -5n],
  ['a = 0x1F', '=', 31n],
  ['a = 18446744073709551615', '=', 2n ** 64n - 1n],
  ['a = 1.5', '=', 1.5],
  ['a = .5e-1', '=', 0.05],
  ['a = true', '=', true],
  ['a = NULL', '=', null],
  ['a<>1', '<>', 1n],
  ['a != 1', '<>', 1n],
  ['a<=1', '<=', 1n],
  ['1 < a', '>', 1n],
  ['1 > a', '<', 1n],
  ['1 <= a', '>=', 1n],
  ['1 >= a', '<=', 1n],
  ['1 != a', '<>', 1n],
  ['null = a', '=', null],
])('%s compares with a constant', (text, operator, value) => {
  expect(where(text)).toEqual({ kind: 'compare', property: ['a'], operator, value });
});

test('NOT binds before AND, AND before OR', () => {
  const is = (name: string) => ({ kind: 'compare', property: [name], operator: '=', value: 1n });
  expect(where('NOT a = 1 AND b = 1 OR c = 1')).toEqual({
    kind: 'or',
    terms: [{ kind: 'and', terms: [{ kind: 'not', term: is('a') }, is('b')] }, is('c')],
  });
});

test('a class may be named with or without quotes', () => {
  const test = { kind: 'isa', property: ['__this'], className: 'myClassName' };
  expect(where('__this ISA "myClassName"')).toEqual(test);
  expect(where('__this isa myClassName')).toEqual(test);
});

test('events compare properties of the two instances that they embed', () => {
  expect(where('TargetInstance.State <> PreviousInstance.State')).toEqual({
    kind: 'compareProperties',
    property: ['TargetInstance', 'State'],
    operator: '<>',
    other: ['PreviousInstance', 'State'],
  });
});

test.each([
  // "WHERE Clause" and "WQL Operators" show these as invalid
  'Partitions < (4 + 7 - 2)',
  'Partitions = SectorsPerTrack',
  'TargetInstance.State <> State',
  'State <> PreviousInstance.State',
  'Partitions = SectorsPerTrack / 7',
  'BoolProp <= TRUE',
  'BoolProp > FALSE',
  'TRUE < BoolProp',
  'infraredsupported >= null',
  'DriveType IS 5',
  'FileSystem IS NOT "NTFS"',
  // and these follow no form
  '',
  'a',
  'a =',
  '= 1',
  '1 = 1',
  '(a = 1',
  'a = 1)',
  '()',
  'a = 1 AND',
  'a = 1 OR OR b = 2',
  'NOT',
  'a NOT LIKE "x"',
  'a LIKE 5',
  'a LIKE b',
  '"x" LIKE a',
  'a.b. = 1',
  '.a = 1',
  'a == 1',
  'a = "x',
  'a = \'x"',
  'a = "C:\\temp"',
  'a = 12ab',
  'a = 1.2.3',
  'a = 1e999',
  'a = 18446744073709551616',
  'a = -9223372036854775809',
  'a = {b}',
  'a ISA 5',
  'from = 1',
  'a = 1; b = 2',
  'a = 1 -- b',
])('%j is no condition', (text) => {
  expectCode(() => where(text), 'WBEM_E_INVALID_QUERY');
});

test('parentheses nest 128 deep', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}a = 1${')'.repeat(depth)}`;
  expect(where(nested(128))).toEqual(where('a = 1'));
  expectCode(() => where(nested(129)), 'WBEM_E_INVALID_QUERY');
});

test('nesting beyond all measure is refused, not followed', () => {
  expectCode(() => where('('.repeat(16_000)), 'WBEM_E_INVALID_QUERY');
  expectCode(() => where(`${'NOT '.repeat(4_000)}a = 1`), 'WBEM_E_INVALID_QUERY');
  expectCode(() => where(`${'NOT('.repeat(4_000)}a = 1`), 'WBEM_E_INVALID_QUERY');
});

test('a condition may have as many terms as fit', () => {
  const condition = where(`a=1${' OR a=1'.repeat(2_000)}`);
  expect(condition?.kind === 'or' && condition.terms.length).toBe(2_001);
});

test('any text is a query or a parse error', () => {
  const word = fc.constantFrom(
    ...[
      'SELECT',
      '*',
      'FROM',
      'X',
      'WHERE',
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      '=',
      '<>',
      '<',
      'a',
      '.',
      ',',
      'IS',
    ],
    ...[
      'NULL',
      'ISA',
      'LIKE',
      '"%x"',
      '5',
      '1.5',
      'TRUE',
      'WITHIN',
      'GROUP',
      'BY',
      'HAVING',
      'NumberOfEvents',
    ],
    ...[
      'ASSOCIATORS',
      'REFERENCES',
      'OF',
      '{X}',
      '{X.K="a"}',
      'ClassDefsOnly',
      'Role',
      '"',
      '\\',
      '{',
      '\u0000',
    ],
  );
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')),
    fc.array(word, { maxLength: 20 }).map((words) => `SELECT * FROM X WHERE ${words.join(' ')}`),
  );
  fc.assert(
    fc.property(noise, (text) => {
      try {
        expect(parseWql(text).kind).toBeTypeOf('string');
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }),
    { numRuns: 3000 },
  );
});
