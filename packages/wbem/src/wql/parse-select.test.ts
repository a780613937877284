import { expect, test } from 'vitest';
import { parseWql } from './parse-wql.ts';

const plain = { kind: 'select', columns: null, within: null, where: null, group: null };

test('SELECT * takes every property of a class', () => {
  expect(parseWql('SELECT * FROM Win32_LogicalDisk')).toEqual({ ...plain, className: 'Win32_LogicalDisk' });
});

test('keywords count in any case, names keep theirs', () => {
  expect(parseWql('select Name, __class from win32_Service')).toEqual({
    ...plain,
    columns: [['Name'], ['__class']],
    className: 'win32_Service',
  });
});

test('"GROUP Clause": an event query polls, filters, groups and counts', () => {
  const text = `SELECT * FROM __InstanceCreationEvent WITHIN 0.5
    WHERE TargetInstance ISA "Win32_NTLogEvent"
    GROUP WITHIN 600 BY TargetInstance.SourceName, TargetInstance.Type
    HAVING NumberOfEvents > 25`;
  expect(parseWql(text)).toEqual({
    kind: 'select',
    columns: null,
    className: '__InstanceCreationEvent',
    within: 0.5,
    where: { kind: 'isa', property: ['TargetInstance'], className: 'Win32_NTLogEvent' },
    group: {
      within: 600,
      by: [
        ['TargetInstance', 'SourceName'],
        ['TargetInstance', 'Type'],
      ],
      having: { operator: '>', numberOfEvents: 25 },
    },
  });
});

test.each([
  ['', 0, 'SELECT, ASSOCIATORS OF or REFERENCES OF', 'the end'],
  ['DELETE FROM X', 0, 'SELECT, ASSOCIATORS OF or REFERENCES OF', '"DELETE"'],
  ['SELECT', 6, 'a property', 'the end'],
  ['SELECT FROM X', 7, 'a property', '"FROM"'],
  ['SELECT a, FROM X', 10, 'a property', '"FROM"'],
  ['SELECT * X', 9, 'FROM', '"X"'],
  ['SELECT * FROM', 13, 'the name of a class', 'the end'],
  ['SELECT * FROM A, B', 15, 'WITHIN, WHERE, GROUP WITHIN or the end', '","'],
  ['SELECT * FROM X WHERE a = 1 b', 28, 'AND, OR, GROUP WITHIN or the end', '"b"'],
  ['SELECT * FROM X WHERE a = 1 WITHIN 5', 28, 'AND, OR, GROUP WITHIN or the end', '"WITHIN"'],
  ['SELECT * FROM X WITHIN -1', 23, 'a number of seconds', '"-1"'],
  ['SELECT * FROM X GROUP BY a', 22, 'WITHIN', '"BY"'],
  ['SELECT * FROM X GROUP WITHIN 1.5', 29, 'a whole number of seconds', '"1.5"'],
  ['SELECT * FROM X GROUP WITHIN 1 HAVING Count > 1', 38, 'NUMBEROFEVENTS', '"Count"'],
  ['SELECT * FROM X GROUP WITHIN 1 HAVING NumberOfEvents > 4294967296', 55, 'a number of events'],
  ['SELECT Name FROM Meta_Class', 7, '* in a query for classes', '"Name"'],
])('%j is refused where it goes wrong', (text, offset, expected, got = expect.anything()) => {
  expect(() => parseWql(text)).toThrow(
    expect.objectContaining({
      code: 'WBEM_E_INVALID_QUERY',
      hresult: 0x80041017,
      offset,
      expected,
      got,
    }),
  );
});

test('an error names its line and column', () => {
  expect(() => parseWql('SELECT *\nFROM X\n  WHERE a ~ 1')).toThrow(
    expect.objectContaining({ line: 3, column: 11, got: '"~ 1"' }),
  );
});

test('rules 10.3: a query has at most 0x4000 characters', () => {
  const query = 'SELECT * FROM X';
  expect(parseWql(query.padEnd(0x4000))).toEqual({ ...plain, className: 'X' });
  expect(() => parseWql(query.padEnd(0x4001))).toThrow(
    expect.objectContaining({ code: 'WBEM_E_QUOTA_VIOLATION', hresult: 0x8004106c }),
  );
});
