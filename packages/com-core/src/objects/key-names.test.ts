import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyNames } from './key-names.ts';

test('the keys of a path are its names in lower case', () => {
  expect(keyNames('Win32_Process.Handle="4"')).toEqual(new Set(['handle']));
  expect(keyNames('A.X="1",Y=2')).toEqual(new Set(['x', 'y']));
  expect(keyNames('__SystemSecurity=@')).toEqual(new Set());
});

test('a path that names no keys tells nothing', () => {
  for (const path of [null, '', 'Win32_Process', 'Win32_Process="4"', 'A.B.C', 'A.=1'])
    expect(keyNames(path)).toBeNull();
});

test('no path makes it fail', () => {
  fc.assert(fc.property(fc.string(), (path) => void keyNames(path)));
});
