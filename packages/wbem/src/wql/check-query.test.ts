import { expect, test } from 'vitest';
import { defineClass } from '../cim/define-class.ts';
import { shapeOf } from '../cim/instance.ts';
import { expectCode } from '../testing.ts';
import { checkQuery } from './check-query.ts';
import { parseWql } from './parse-wql.ts';

const event = shapeOf(
  defineClass({
    name: 'MyClass',
    properties: {
      Name: 'string',
      BoolProp: 'boolean',
      Tags: 'string[]',
      Prop: 'object',
    },
  }),
);

function check(text: string): void {
  const query = parseWql(text);
  checkQuery(query.kind === 'select' ? query : expect.fail('a SELECT was expected'), event);
}

test.each([
  'SELECT * FROM MyClass',
  'SELECT name, __PATH FROM MyClass WHERE boolprop = 1 AND __class = "MyClass"',
  'SELECT * FROM MyClass WHERE Prop.embedprop = 5 OR Tags IS NULL',
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
  'SELECT * FROM MyClass WHERE Other.Name = 5',
  'SELECT * FROM MyClass GROUP WITHIN 5 BY Nmae',
  'SELECT * FROM MyClass WHERE __NoSuch = 1',
  'SELECT * FROM MyClass WHERE Name = "x" AND BoolProp >= 0',
  'SELECT * FROM MyClass WHERE NOT BoolProp < 1',
  'SELECT * FROM MyClass WHERE Tags = "x"',
  'SELECT * FROM MyClass WHERE Tags LIKE "x"',
])('%s does not fit the class', (text) => {
  expectCode(() => check(text), 'WBEM_E_INVALID_QUERY');
});
