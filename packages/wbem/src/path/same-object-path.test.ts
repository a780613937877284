import { expect, test } from 'vitest';
import { parseObjectPath } from './parse-object-path.ts';
import { objectPathId, sameObjectPath } from './same-object-path.ts';

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
