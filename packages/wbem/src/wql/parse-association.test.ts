import { expect, test } from 'vitest';
import { parseWql } from './parse-wql.ts';

const none = {
  resultClass: null,
  role: null,
  requiredQualifier: null,
  classDefsOnly: false,
  schemaOnly: false,
  keysOnly: false,
};
const references = { kind: 'references', ...none };
const associators = {
  kind: 'associators',
  ...none,
  assocClass: null,
  resultRole: null,
  requiredAssocQualifier: null,
};

const here = { server: null, namespace: null };
const disk = {
  kind: 'instance',
  ...here,
  className: 'Win32_LogicalDisk',
  keys: [{ name: 'DeviceID', value: 'C:' }],
};

test.each([
  ['', {}],
  [' WHERE AssocClass = Win32_SystemDevices', { assocClass: 'Win32_SystemDevices' }],
  [' WHERE ClassDefsOnly', { classDefsOnly: true }],
  [' WHERE RequiredAssocQualifier = Association', { requiredAssocQualifier: 'Association' }],
  [' WHERE RequiredQualifier = Locale', { requiredQualifier: 'Locale' }],
  [' WHERE ResultClass = Cim_Directory', { resultClass: 'Cim_Directory' }],
  [' WHERE ResultRole = GroupComponent', { resultRole: 'GroupComponent' }],
  [' WHERE Role = GroupComponent', { role: 'GroupComponent' }],
  [' WHERE KeysOnly', { keysOnly: true }],
  [
    ' where resultClass = Win32_Directory requiredQualifier = Dynamic',
    { resultClass: 'Win32_Directory', requiredQualifier: 'Dynamic' },
  ],
])('"ASSOCIATORS OF Statement": {Win32_LogicalDisk.DeviceID="C:"}%s', (where, filters) => {
  const query = parseWql(`ASSOCIATORS OF {Win32_LogicalDisk.DeviceID="C:"}${where}`);
  expect(query).toEqual({ ...associators, source: disk, ...filters });
});

test.each([
  ['', {}],
  [' WHERE ClassDefsOnly', { classDefsOnly: true }],
  [' WHERE RequiredQualifier = AdapterTag', { requiredQualifier: 'AdapterTag' }],
  [' WHERE ResultClass = AdapterDriver', { resultClass: 'AdapterDriver' }],
  [' WHERE Role = parent', { role: 'parent' }],
])('"REFERENCES OF Statement": {Adapter="AHA-294X"}%s', (where, filters) => {
  const source = {
    kind: 'instance',
    ...here,
    className: 'Adapter',
    keys: [{ name: null, value: 'AHA-294X' }],
  };
  expect(parseWql(`REFERENCES OF {Adapter="AHA-294X"}${where}`)).toEqual({
    ...references,
    source,
    ...filters,
  });
});

test('"WHERE Clause": SchemaOnly asks about a class', () => {
  const source = { kind: 'class', ...here, className: 'myClass' };
  const filters = { source, schemaOnly: true };
  expect(parseWql('ASSOCIATORS OF {myClass} WHERE SchemaOnly')).toEqual({ ...associators, ...filters });
  expect(parseWql('REFERENCES OF {myClass} WHERE SchemaOnly')).toEqual({ ...references, ...filters });
});

test('braces and quotes in a key do not end the path', () => {
  const query = parseWql('ASSOCIATORS OF { X.K="a}\\"}" }');
  expect(query).toMatchObject({ source: { keys: [{ name: 'K', value: 'a}"}' }] } });
});

test.each([
  ['ASSOCIATORS {X}', 12],
  ['ASSOCIATORS OF X', 15],
  ['ASSOCIATORS OF {X', 17],
  ['ASSOCIATORS OF {}', 16],
  ['ASSOCIATORS OF {X.K=}', 20],
  ['ASSOCIATORS OF { X.K=}', 21],
  ['ASSOCIATORS OF {root\\cimv2}', 15],
  ['ASSOCIATORS OF {X.K=1} ClassDefsOnly', 23],
  ['ASSOCIATORS OF {X.K=1} WHERE', 28],
  ['ASSOCIATORS OF {X.K=1} WHERE Role', 33],
  ['ASSOCIATORS OF {X.K=1} WHERE Role = "R"', 36],
  // "ASSOCIATORS OF Statement": only the equals sign, no AND
  ['Associators of {D="C:"} where resultClass = X requiredQualifier <> Dynamic', 64],
  ['Associators of {D="C:"} where resultClass = X AND requiredQualifier = Dynamic', 46],
  ['ASSOCIATORS OF {X.K=1} WHERE Role = a Role = b', 38],
  ['ASSOCIATORS OF {X.K=1} WHERE KeysOnly KeysOnly', 38],
  ['ASSOCIATORS OF {X.K=1} WHERE ClassDefsOnly ResultClass = Y', 43],
  ['ASSOCIATORS OF {X.K=1} WHERE SchemaOnly', 29],
  ['ASSOCIATORS OF {X.K=1} WHERE toString', 29],
  ['REFERENCES OF {X.K=1} WHERE AssocClass = Y', 28],
  ['REFERENCES OF {X.K=1} WHERE ResultRole = Y', 28],
])('%j is refused where it goes wrong', (text, offset) => {
  expect(() => parseWql(text)).toThrow(expect.objectContaining({ code: 'WBEM_E_INVALID_QUERY', offset }));
});
