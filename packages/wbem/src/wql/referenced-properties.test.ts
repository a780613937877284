import { expect, test } from 'vitest';
import { defineClass } from '../cim/define-class.ts';
import { shapeOf } from '../cim/instance.ts';
import { neededProperties } from './needed-properties.ts';
import { parseWql } from './parse-wql.ts';
import type { SelectQuery } from './query.ts';
import { referencedProperties } from './referenced-properties.ts';

const disk = shapeOf(
  defineClass({
    name: 'Win32_LogicalDisk',
    properties: {
      DeviceID: { type: 'string', key: true },
      Size: 'uint64',
      FileSystem: 'string',
      Name: 'string',
    },
  }),
);

function select(text: string): SelectQuery {
  const query = parseWql(text);
  return query.kind === 'select' ? query : expect.fail('a SELECT was expected');
}

test('every property that a query reads is named once', () => {
  const query = select(
    'SELECT a, B.c FROM X WHERE (b = 1 OR NOT A = 2) AND d IS NULL AND b.C > e.f AND g LIKE "x" AND h ISA I GROUP WITHIN 5 BY j, D',
  );
  const names = referencedProperties(query).map((name) => name.join('.'));
  expect(names).toEqual(['a', 'B.c', 'b', 'd', 'e.f', 'g', 'h', 'j']);
});

test('* names no property, its condition does', () => {
  expect(referencedProperties(select('SELECT * FROM X'))).toEqual([]);
  expect(referencedProperties(select('SELECT * FROM X WHERE a = 1'))).toEqual([['a']]);
});

test('a provider must fill in keys and what the query reads, in declared case', () => {
  const query = select('SELECT size FROM Win32_LogicalDisk WHERE FILESYSTEM = "NTFS" AND __CLASS = "x"');
  expect(neededProperties(query, disk)).toEqual(new Set(['DeviceID', 'Size', 'FileSystem']));
});

test('a provider must fill in everything for *', () => {
  expect(neededProperties(select('SELECT * FROM Win32_LogicalDisk WHERE Size = 1'), disk)).toBeNull();
});
