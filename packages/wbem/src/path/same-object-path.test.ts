import { expect, test } from 'vitest';
import { parseObjectPath } from './parse-object-path.ts';
import { objectPathId, sameObjectPath, sameReference } from './same-object-path.ts';

test.each([
  ['MyClass.IntVal=33,StrVal="AAA"', 'MyClass.StrVal="AAA",IntVal=33'],
  ['Win32_Process.Handle="4"', 'WIN32_PROCESS.HANDLE="4"'],
  ['X.K="abc"', 'X.K="ABC"'],
  ['X.K=16', 'X.K=0x10'],
  ['//./root/cimv2:X', 'root\\cimv2:X'],
])('%s and %s name one object', (a, b) => {
  expect(sameObjectPath(parseObjectPath(a), parseObjectPath(b))).toBe(true);
  expect(objectPathId(parseObjectPath(a))).toBe(objectPathId(parseObjectPath(b)));
});

test.each([
  ['X.K=1', 'X.K="1"'],
  ['X.K=1', 'X.K=2'],
  ['X', 'X=@'],
  ['X.K=1', 'X.K=1,L=1'],
  ['X.K="a",L="b"', 'X.K="a\\",L=\\"b"'],
  ['root:X', 'X'],
  ['//a/root:X', '//b/root:X'],
])('%s and %s name different objects', (a, b) => {
  expect(sameObjectPath(parseObjectPath(a), parseObjectPath(b))).toBe(false);
});

test.each([
  ['X.K=1,L=2', '\\\\srv\\root\\cimv2:x.l=2,k=1', true],
  ['root\\cimv2:X.K=1', '\\\\srv\\root\\cimv2:X.K=1', true],
  ['root\\default:X.K=1', '\\\\srv\\root\\cimv2:X.K=1', false],
  ['\\\\other\\root\\cimv2:X.K=1', '\\\\srv\\root\\cimv2:X.K=1', false],
  ['X.K=1', 'X.K=2', false],
  ['X', 'X=@', false],
])('a reference to %s and one to %s: the same object is %s', (a, b, expected) => {
  expect(sameReference(parseObjectPath(a), parseObjectPath(b))).toBe(expected);
  expect(sameReference(parseObjectPath(b), parseObjectPath(a))).toBe(expected);
});
