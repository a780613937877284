import { expect, test } from 'vitest';
import { CimType } from '../cim/cim-type.ts';
import { parseDateTime } from '../cim/datetime.ts';
import type { CimClass, CimInstance } from '../cim/objects.ts';
import type { CimValue } from '../cim/values.ts';
import { compileCondition } from './compile-condition.ts';
import { parseWql } from './parse-wql.ts';
import type { ObjectPlace } from './read-property.ts';

function instance(className: string, properties: Record<string, CimValue>, derivation: string[] = []) {
  const shapes = Object.keys(properties).map((name) => ({
    name,
    type: CimType.String,
    isArray: false,
    isKey: false,
  }));
  const shape = { className, derivation, properties: shapes };
  return { kind: 'instance', shape, properties, path: `${className}.Id="1"` } satisfies CimInstance;
}

const disk = instance(
  'Win32_LogicalDisk',
  {
    Name: 'C:',
    FileSystem: 'NTFS',
    DriveType: 3,
    FreeSpace: 2n ** 60n + 1n,
    Load: 0.25,
    Compressed: false,
    Mounted: true,
    VolumeName: null,
    Flags: [1, 2],
    InstallDate: parseDateTime('20260301100000.000000+060'),
  },
  ['CIM_LogicalDisk', 'CIM_LogicalDevice'],
);

const event = instance('__InstanceModificationEvent', {
  TargetInstance: disk,
  PreviousInstance: instance('Win32_LogicalDisk', { FreeSpace: 5n, Name: 'c:' }),
});

function holds(where: string, object: CimInstance | CimClass = disk): boolean {
  const query = parseWql(`SELECT * FROM X WHERE ${where}`);
  if (query.kind !== 'select' || query.where === null) throw new Error('a condition was expected');
  return compileCondition(query.where)(object);
}

test.each([
  // "WHERE Clause": comparison is case-insensitive
  ['FileSystem = "ntfs"', true],
  ['filesystem = "NTFS"', true],
  ["FileSystem = 'FAT'", false],
  ['FileSystem > "fat"', true],
  ['"NTFS" = FileSystem', true],
  ['2 < DriveType', true],
  ['2 > DriveType', false],
  ['Name = "C:" OR Name = "D:"', true],
  ['(Name = "C:" OR Name = "D:") AND FreeSpace > 2000000 AND FileSystem = "NTFS"', true],
])('"WHERE Clause": %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test.each([
  ['Mounted = 1', true],
  ['Mounted = TRUE', true],
  ['Mounted <> FALSE', true],
  ['Mounted != 1', false],
  ['Mounted != FALSE', true],
  ['Compressed = 0', true],
  ['Compressed = false', true],
  ['Compressed = 1', false],
  ['Mounted = "TRUE"', true],
  ['Mounted = -1', true],
  ['DriveType = TRUE', false],
])('"WHERE Clause": TRUE is 1 and FALSE is 0: %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test.each([
  ['DriveType = 3', true],
  ['DriveType = 0x3', true],
  ['DriveType = "3"', true],
  ['DriveType = "three"', false],
  ['DriveType >= 3 AND DriveType <= 3', true],
  ['DriveType < 3.5', true],
  ['Load = 0.25', true],
  ['Load < 1', true],
  ['FreeSpace = 1152921504606846977', true],
  ['FreeSpace = "1152921504606846977"', true],
  ['FreeSpace > 1152921504606846976', true],
  ['FreeSpace > 1152921504606846977', false],
])('numbers compare exactly: %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test.each([
  ['VolumeName IS NULL', true],
  ['VolumeName IS NOT NULL', false],
  ['Name is not null', true],
  ['VolumeName = NULL', true],
  ['Name <> NULL', true],
  ['VolumeName <> NULL', false],
  ['VolumeName = ""', false],
  ['VolumeName <> "x"', true],
  ['VolumeName < "x" OR VolumeName >= "x"', false],
  ['VolumeName LIKE "%"', false],
  ['NoSuchProperty IS NULL', true],
  ['toString IS NULL', true],
])('null equals null only and has no order: %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test.each([
  ['InstallDate = "20260301090000.000000+000"', true],
  ['InstallDate > "20260301095959.999999+060"', true],
  ['InstallDate < "20260301100000.000001+060"', true],
  ['InstallDate >= "20260301110000.000000+000"', false],
  ['InstallDate > "20260228******.******+***"', false],
  ['InstallDate > "20260228******.******+000"', true],
  ['InstallDate = "yesterday"', false],
])('datetimes compare by their instant: %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test.each([
  ["GroupComponent = \"Win32_Group.Domain='AD',Name='Users'\"", true],
  ["GroupComponent = \"win32_group.name='users',domain='ad'\"", true],
  ["GroupComponent = \"root\\\\cimv2:Win32_Group.Domain='AD',Name='Users'\"", true],
  ["GroupComponent = \"root\\\\other:Win32_Group.Domain='AD',Name='Users'\"", false],
  ["GroupComponent <> \"Win32_Group.Domain='AD',Name='Users'\"", false],
  ["GroupComponent = \"Win32_Group.Domain='AD',Name='Guests'\"", false],
  ['GroupComponent LIKE "%Name=\\"Users\\""', true],
  ["Caption = \"Win32_Group.Name='a',Domain='b'\"", false],
])('a reference equals every path of its object: %s is %s', (where, expected) => {
  const path = '\\\\SRV\\root\\cimv2:Win32_Group.Domain="AD",Name="Users"';
  const member = instance('Win32_GroupUser', {
    GroupComponent: path,
    Caption: 'Win32_Group.Domain="b",Name="a"',
  });
  const [reference, caption] = member.shape.properties;
  const properties = [{ ...reference!, type: CimType.Reference }, caption!];
  expect(holds(where, { ...member, shape: { ...member.shape, properties } })).toBe(expected);
});

test('a value that a row leaves out is null, whatever Object.prototype holds', () => {
  const odd = instance('Odd', { toString: 'x' });
  expect(holds('toString = "x"', odd)).toBe(true);
  expect(holds('toString IS NULL', { ...odd, properties: {} })).toBe(true);
});

test('a datetime is text to LIKE', () => {
  expect(holds('InstallDate LIKE "20260301%"')).toBe(true);
  expect(holds('InstallDate LIKE "2025%"')).toBe(false);
});

test('arrays are equal to nothing', () => {
  expect(holds('Flags = 1')).toBe(false);
  expect(holds('Flags IS NOT NULL')).toBe(true);
});

test.each([
  ['NOT Name = "C:" AND Name = "D:"', false],
  ['NOT (Name = "C:" AND Name = "D:")', true],
  ['Name = "C:" OR Name = "D:" AND Name = "E:"', true],
  ['(Name = "C:" OR Name = "D:") AND Name = "E:"', false],
  ['NOT NOT Name = "C:"', true],
])('NOT binds before AND, AND before OR: %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test.each([
  ['__CLASS = "win32_logicaldisk"', true],
  ['__SUPERCLASS = "CIM_LogicalDisk"', true],
  ['__DYNASTY = "CIM_LogicalDevice"', true],
  ['__THIS ISA "CIM_LogicalDevice"', true],
  ['__this ISA "Win32_Service"', false],
  ['__RELPATH LIKE "Win32[_]%"', true],
])('system properties: %s is %s', (where, expected) => {
  expect(holds(where)).toBe(expected);
});

test('__SERVER, __NAMESPACE and __PATH are those of the place', () => {
  const query = parseWql(
    'SELECT * FROM X WHERE __SERVER = "srv" AND __NAMESPACE = "root\\\\cimv2" AND __PATH LIKE "%root_cimv2:X.Id=_1_"',
  );
  const where = query.kind === 'select' ? query.where! : expect.fail();
  const object = instance('X', {});
  const holdsAt = (place: ObjectPlace | null) => compileCondition(where, place)(object);
  expect(holdsAt({ server: 'SRV', namespace: 'root\\cimv2' })).toBe(true);
  expect(holdsAt({ server: 'SRV', namespace: 'root\\other' })).toBe(false);
  expect(holdsAt(null)).toBe(false);
});

test.each([
  ['TargetInstance ISA "CIM_LogicalDisk"', true],
  ['TargetInstance ISA cim_logicaldisk', true],
  ['TargetInstance ISA "Win32_Service"', false],
  ['PreviousInstance ISA "CIM_LogicalDisk"', false],
  ['TargetInstance.name = "c:"', true],
  ['TargetInstance.__CLASS = "Win32_LogicalDisk"', true],
  ['TargetInstance.Name.Deeper = 5', false],
  ['TargetInstance.FreeSpace <> PreviousInstance.FreeSpace', true],
  ['TargetInstance.Name <> PreviousInstance.Name', false],
  ['NoInstance.Name = "c:"', false],
  ['TargetInstance = "x"', false],
])('embedded objects: %s is %s', (where, expected) => {
  expect(holds(where, event)).toBe(expected);
});

test('"SELECT Statement for Schema Queries": the rows of a schema query are classes', () => {
  const cls: CimClass = {
    kind: 'class',
    className: 'Win32_LogicalDisk',
    superclass: 'CIM_LogicalDisk',
    derivation: ['CIM_LogicalDisk', 'CIM_LogicalDevice'],
    qualifiers: [],
    properties: [],
    methods: [],
  };
  expect(holds('__this ISA "CIM_LogicalDevice"', cls)).toBe(true);
  expect(holds('__Class = "Win32_LogicalDisk"', cls)).toBe(true);
  expect(holds('__Dynasty = "CIM_LogicalDevice" AND NOT __Superclass IS NULL', cls)).toBe(true);
  expect(holds('NOT __class < "Win32" AND NOT __this ISA "Win32_Account"', cls)).toBe(true);
});

test('a condition of many terms does not use the stack', () => {
  const terms = Array.from({ length: 100_000 }, (_, i) => ({
    kind: 'compare' as const,
    property: ['DriveType'] as const,
    operator: '=' as const,
    value: BigInt(i),
  }));
  expect(compileCondition({ kind: 'or', terms })(disk)).toBe(true);
  expect(compileCondition({ kind: 'and', terms })(disk)).toBe(false);
});

test('one condition filters instances of several shapes', () => {
  const query = parseWql('SELECT * FROM X WHERE name = "c:"');
  const filter = compileCondition(query.kind === 'select' ? query.where! : expect.fail());
  const rows = [disk, instance('Other', { NAME: 'C:' }), instance('Nameless', { Id: 'C:' }), disk];
  expect(rows.map(filter)).toEqual([true, true, false, true]);
});

test('a constant of many digits that is no number ends', () => {
  expect(holds(`DriveType = "${'1'.repeat(16_000)}x"`)).toBe(false);
  expect(holds(`DriveType < "${'1'.repeat(16_000)}.5"`)).toBe(true);
});
