import { expect, test } from 'vitest';
import { defineClass } from '../cim/define-class.ts';
import { shapeOf } from '../cim/instance.ts';
import { expectCode } from '../testing.ts';
import { checkQuery } from './check-query.ts';
import { parseWql } from './parse-wql.ts';

const shape = shapeOf(
  defineClass({
    name: 'MyClass',
    properties: {
      Name: 'string',
      BoolProp: 'boolean',
      Size: 'uint64',
      Load: 'real32',
      When: 'datetime',
      Other: 'ref',
      Tags: 'string[]',
      Prop: 'object',
    },
  }),
);

function check(text: string, checked: typeof shape | null = shape): void {
  const query = parseWql(text);
  checkQuery(query.kind === 'select' ? query : expect.fail('a SELECT was expected'), checked);
}

test.each([
  'SELECT * FROM MyClass',
  'SELECT name, __PATH FROM MyClass WHERE boolprop = 1 AND __class = "MyClass"',
  'SELECT * FROM MyClass WHERE Prop.embedprop = 5 OR Tags IS NULL OR Tags = NULL',
  'SELECT * FROM MyClass GROUP WITHIN 5 BY Prop.anything',
  'SELECT Prop.INVALID FROM MyClass WHERE Prop ISA "X"',
])('%s fits the class', (text) => {
  expect(() => check(text)).not.toThrow();
});

test.each([
  'SELECT Nmae FROM MyClass',
  'SELECT * FROM MyClass WHERE Nmae = "x"',
  'SELECT * FROM MyClass WHERE Name = "x" OR NOT (Nmae LIKE "x")',
  'SELECT * FROM MyClass WHERE Nmae IS NULL',
  'SELECT * FROM MyClass WHERE Nmae.Name = 5',
  'SELECT * FROM MyClass WHERE Prop.a <> Porp.a',
  'SELECT * FROM MyClass GROUP WITHIN 5 BY Nmae',
  'SELECT * FROM MyClass WHERE __NoSuch = 1',
])('%s names a property that the class does not have', (text) => {
  expectCode(() => check(text), 'WBEM_E_INVALID_QUERY');
});

test.each([
  ['Name = 5', true],
  ['Name LIKE "5"', true],
  ['Other = "X.K=1"', true],
  ['Other LIKE "X%"', true],
  ['BoolProp = "true"', true],
  ['BoolProp = "yes"', false],
  ['BoolProp = -1', true],
  ['BoolProp = 2', false],
  ['BoolProp >= 0', false],
  ['BoolProp LIKE "T%"', false],
  ['Size = "5"', true],
  ['Size = TRUE', true],
  ['Size = "large"', false],
  ['Size LIKE "5%"', false],
  ['Load < ".5"', true],
  ['Load < ""', false],
  ['When > "20260301100000.000000+060"', true],
  ['When > "2026-03-01"', false],
  ['When > 2026', false],
  ['When LIKE "2026%"', true],
  ['Tags = "x"', false],
  ['Tags LIKE "x"', false],
  ['Prop = "x"', false],
])('"WHERE Clause": a constant has the type of its property: %s is %s', (where, valid) => {
  const run = () => check(`SELECT * FROM MyClass WHERE Name IS NULL AND (NOT ${where})`);
  if (valid) expect(run).not.toThrow();
  else expectCode(run, 'WBEM_E_INVALID_QUERY');
});

test('a schema query has system properties only', () => {
  expect(() =>
    check('SELECT * FROM meta_class WHERE __this ISA "X" OR __CLASS LIKE "Y%"', null),
  ).not.toThrow();
  expectCode(() => check('SELECT * FROM meta_class WHERE Name = "X"', null), 'WBEM_E_INVALID_QUERY');
});
