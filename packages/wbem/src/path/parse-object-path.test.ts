import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ParseError } from '../errors/parse-error.ts';
import { expectCode } from '../testing.ts';
import { parseObjectPath } from './parse-object-path.ts';

const here = { server: null, namespace: null };
const cimv2 = { server: null, namespace: 'root\\cimv2' };

test.each([
  ['\\\\Server\\Root\\CimV2', { kind: 'namespace', server: 'Server', namespace: 'Root\\CimV2' }],
  ['//Server/Root', { kind: 'namespace', server: 'Server', namespace: 'Root' }],
  ['\\\\.\\root', { kind: 'namespace', server: null, namespace: 'root' }],
  ['root\\cimv2', { kind: 'namespace', ...cimv2 }],
])('"Describing a WMI Namespace Object Path": %s', (text, path) => {
  expect(parseObjectPath(text)).toEqual(path);
});

test.each([
  [
    '\\\\Admin\\Root\\CimV2:Win32_LogicalDisk',
    { kind: 'class', server: 'Admin', namespace: 'Root\\CimV2', className: 'Win32_LogicalDisk' },
  ],
  ['Win32_LogicalDisk', { kind: 'class', ...here, className: 'Win32_LogicalDisk' }],
  ['root:__Namespace', { kind: 'class', server: null, namespace: 'root', className: '__Namespace' }],
  ['\\\\fe80::1\\root:X', { kind: 'class', server: 'fe80::1', namespace: 'root', className: 'X' }],
])('"Describing a Class Object Path": %s', (text, path) => {
  expect(parseObjectPath(text)).toEqual(path);
});

test.each([
  ['MyClass.MyProp="e:"', { className: 'MyClass', keys: [{ name: 'MyProp', value: 'e:' }] }],
  ['MyClass="e:"', { className: 'MyClass', keys: [{ name: null, value: 'e:' }] }],
  ['ComPort=2', { className: 'ComPort', keys: [{ name: null, value: 2n }] }],
  [
    'MyOtherClass.FirstKey=1,SecondKey=-2',
    {
      className: 'MyOtherClass',
      keys: [
        { name: 'FirstKey', value: 1n },
        { name: 'SecondKey', value: -2n },
      ],
    },
  ],
  ["X.K='a'", { className: 'X', keys: [{ name: 'K', value: 'a' }] }],
  ['X.K=true', { className: 'X', keys: [{ name: 'K', value: true }] }],
  ['X.K=FALSE', { className: 'X', keys: [{ name: 'K', value: false }] }],
  ['X.K=0xFF', { className: 'X', keys: [{ name: 'K', value: 255n }] }],
  ['X.K=18446744073709551615', { className: 'X', keys: [{ name: 'K', value: 2n ** 64n - 1n }] }],
  ['X.K=-9223372036854775808', { className: 'X', keys: [{ name: 'K', value: -(2n ** 63n) }] }],
  ['Dir.Name="C:\\\\x \\"y\\""', { className: 'Dir', keys: [{ name: 'Name', value: 'C:\\x "y"' }] }],
  ['X.K="a:b=c,d.e/f"', { className: 'X', keys: [{ name: 'K', value: 'a:b=c,d.e/f' }] }],
])('"Describing an Instance Object Path": %s', (text, path) => {
  expect(parseObjectPath(text)).toEqual({ kind: 'instance', ...here, ...path });
});

test('"Describing an Instance Object Path": =@ names the instance of a singleton', () => {
  expect(parseObjectPath('root\\cimv2:__SystemSecurity=@')).toEqual({
    kind: 'singleton',
    ...cimv2,
    className: '__SystemSecurity',
  });
});

test('a reference key holds a path of its own', () => {
  const inner = '\\\\.\\root\\cimv2:Win32_Service.Name="a\\\\b"';
  const quoted = inner.replace(/[\\"]/g, '\\$&');
  const path = parseObjectPath(`Assoc.Antecedent="${quoted}",Dependent="X=1"`);
  const [antecedent] = path.kind === 'instance' ? path.keys : [];
  expect(antecedent?.value).toBe(inner);
  expect(parseObjectPath(inner)).toMatchObject({ keys: [{ name: 'Name', value: 'a\\b' }] });
});

test.each([
  ['', 0],
  ['\\\\', 2],
  ['\\\\server', 8],
  ['\\\\server\\', 9],
  ['\\\\\\root', 2],
  ['\\root\\cimv2', 0],
  ['root\\\\cimv2', 5],
  ['root\\cimv2\\', 11],
  ['root\\cimv2:', 11],
  [':Class', 0],
  ['root\\cimv2:a\\b', 12],
  ['9lives', 0],
  ['Win32 Process', 5],
  [' X', 0],
  ['X ', 1],
  ['X.', 2],
  ['X=', 2],
  ['X.K', 3],
  ['X.K=', 4],
  ['X.=1', 2],
  ['X. K=1', 2],
  ['X.K =1', 3],
  ['X.K= 1', 4],
  ['X.K=1, L=2', 6],
  ['X.K=1,', 6],
  ['X.K=1;L=2', 5],
  ['X.K=1,k=2', 6],
  ['X.k=1,K=2', 6],
  ['X=1,L=2', 3],
  ['X=@,', 3],
  ['X.K=@', 4],
  ['X.K=yes', 4],
  ['X.K=1.5', 4],
  ['X.K=12ab', 4],
  ['X.K=--1', 4],
  ['X.K=18446744073709551616', 4],
  ['X.K=-9223372036854775809', 4],
  ['X.K="a', 6],
  ['X.K="a\'', 7],
  ['X.K="C:\\temp"', 8],
  ['X.K="a\\', 7],
  ['X.K="a"b', 7],
])('%j is refused where it goes wrong', (text, offset) => {
  expect(() => parseObjectPath(text)).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_OBJECT_PATH', hresult: 0x8004103a, offset }),
  );
});

test('rules 10.3: a path has at most 0x2000 characters', () => {
  const key = 'X.K="';
  const longest = `${key.padEnd(0x1fff, 'a')}"`;
  expect(parseObjectPath(longest)).toMatchObject({ kind: 'instance' });
  expectCode(() => parseObjectPath(`${longest} `), 'WBEM_E_QUOTA_VIOLATION');
});

test('any text is a path or a parse error', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom('\\', '/', '.', ':', '=', '"', "'", '@', ',', 'root', 'X', '1', '-', 'TRUE', ' '),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(noise, (text) => {
      try {
        expect(parseObjectPath(text).kind).toBeTypeOf('string');
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }),
    { numRuns: 2000 },
  );
});
