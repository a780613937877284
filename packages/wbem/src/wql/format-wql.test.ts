import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCode } from '../testing.ts';
import { arbitraryAssociators, arbitraryFilters, arbitrarySelect } from './arbitrary-query.ts';
import { formatWql } from './format-wql.ts';
import { parseWql } from './parse-wql.ts';
import type { SelectQuery, WqlQuery } from './query.ts';

test.each([
  ['select  *  from  X', 'SELECT * FROM X'],
  ['select a,b.c from X where 1<a', 'SELECT a, b.c FROM X WHERE a > 1'],
  ["select * from X where a = 'it\\'s' and b != null", 'SELECT * FROM X WHERE a = "it\'s" AND b <> NULL'],
  ['select * from X where a = 2.0 or b = 0x10', 'SELECT * FROM X WHERE a = 2.0 OR b = 16'],
  [
    'select * from X where ((a = 1 or b = 2)) and (not (c = 3 and (d = 4)))',
    'SELECT * FROM X WHERE (a = 1 OR b = 2) AND NOT (c = 3 AND d = 4)',
  ],
  ['select * from X where a = 1 or (b = 2 and c = 3)', 'SELECT * FROM X WHERE a = 1 OR b = 2 AND c = 3'],
  [
    'select * from X within 10 group within 5 by a having numberofevents>=2',
    'SELECT * FROM X WITHIN 10 GROUP WITHIN 5 BY a HAVING NumberOfEvents >= 2',
  ],
  [
    'associators of {X.K="a"} where keysonly role=R assocclass = A',
    'ASSOCIATORS OF {X.K="a"} WHERE AssocClass = A Role = R KeysOnly',
  ],
  ['references of {X}where schemaonly', 'REFERENCES OF {X} WHERE SchemaOnly'],
])('%s is written %s', (text, written) => {
  expect(formatWql(parseWql(text))).toBe(written);
});

test('every query reads back as it was', () => {
  const references = arbitraryFilters.map((filters) => ({ kind: 'references' as const, ...filters }));
  const queries = fc.oneof(arbitrarySelect, arbitraryAssociators, references);
  fc.assert(
    fc.property(queries, (query) => {
      expect(parseWql(formatWql(query))).toEqual(query);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  { className: 'X WHERE a = 1' },
  { className: 'from' },
  { className: '' },
  { columns: [['a FROM Y WHERE b']] },
  { columns: [['a', 'b, c']] },
  { where: { kind: 'isNull', property: ['a = 1 OR b'], negated: false } },
] as Partial<SelectQuery>[])('a name cannot smuggle a clause into a query: %j', (part) => {
  const query = parseWql('SELECT * FROM X');
  expectCode(() => formatWql({ ...query, ...part } as SelectQuery), 'WBEM_E_INVALID_QUERY');
});

test('a filter cannot smuggle another into a query', () => {
  const query = parseWql('REFERENCES OF {X} WHERE Role = a');
  expectCode(() => formatWql({ ...query, role: 'a KeysOnly' } as WqlQuery), 'WBEM_E_INVALID_QUERY');
});
