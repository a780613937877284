import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCode } from '../testing.ts';
import { arbitraryPath } from './arbitrary-path.ts';
import { formatObjectPath } from './format-object-path.ts';
import type { ObjectPath } from './object-path.ts';
import { parseObjectPath } from './parse-object-path.ts';

const here = { server: null, namespace: null };

test('a path is written with backslashes, and a location on this machine with a dot', () => {
  expect(formatObjectPath(parseObjectPath('//srv/root/cimv2:X=1'))).toBe('\\\\srv\\root\\cimv2:X=1');
  expect(formatObjectPath(parseObjectPath('root:X=@'))).toBe('\\\\.\\root:X=@');
  expect(formatObjectPath(parseObjectPath('//./root'))).toBe('\\\\.\\root');
});

test('values are written as WMI writes them', () => {
  const path = parseObjectPath("X.Text='a \\\" \\\\',Hex=0x10,Flag=true");
  expect(formatObjectPath(path)).toBe('X.Text="a \\" \\\\",Hex=16,Flag=TRUE');
});

test('every path reads back as it was', () => {
  fc.assert(
    fc.property(arbitraryPath, (path) => {
      expect(parseObjectPath(formatObjectPath(path))).toEqual(path);
    }),
  );
});

test.each<[string, ObjectPath]>([
  ['a class name that smuggles a key', { kind: 'class', ...here, className: 'X.K="1"' }],
  [
    'a key name that smuggles a value',
    { kind: 'instance', ...here, className: 'X', keys: [{ name: 'K=1,L', value: 1n }] },
  ],
  ['an instance without keys', { kind: 'instance', ...here, className: 'X', keys: [] }],
  [
    'a nameless key among others',
    {
      kind: 'instance',
      ...here,
      className: 'X',
      keys: [
        { name: null, value: 1n },
        { name: 'L', value: 2n },
      ],
    },
  ],
  ['a server without a namespace', { kind: 'class', server: 'srv', namespace: null, className: 'X' }],
  ['a server with a slash', { kind: 'namespace', server: 'a\\b', namespace: 'root' }],
  ['a namespace with a hole', { kind: 'namespace', server: null, namespace: 'root\\\\cimv2' }],
  ['a namespace with a class', { kind: 'namespace', server: null, namespace: 'root:X' }],
])('%s has no text', (_, path) => {
  expectCode(() => formatObjectPath(path), 'WBEM_E_INVALID_OBJECT_PATH');
});

test('rules 10.3: a path past 0x2000 characters has no text', () => {
  const keys = [{ name: 'K', value: '"'.repeat(0x1000) }];
  expectCode(
    () => formatObjectPath({ kind: 'instance', ...here, className: 'X', keys }),
    'WBEM_E_QUOTA_VIOLATION',
  );
});
