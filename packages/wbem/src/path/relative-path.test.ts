import { expect, test } from 'vitest';
import { parseDateTime } from '../cim/datetime.ts';
import { expectCode } from '../testing.ts';
import { relativePath } from './relative-path.ts';

test('__RELPATH names the class and its keys', () => {
  expect(relativePath('Win32_LogicalDisk', [{ name: 'DeviceID', value: 'A:' }])).toBe(
    'Win32_LogicalDisk.DeviceID="A:"',
  );
});

test('every type of key has its form', () => {
  const path = relativePath('X', [
    { name: 'Text', value: 'C:\\"' },
    { name: 'Number', value: -5 },
    { name: 'Long', value: 2n ** 64n - 1n },
    { name: 'Flag', value: true },
    { name: 'When', value: parseDateTime('20260301100000.000000+060') },
  ]);
  expect(path).toBe(
    'X.Text="C:\\\\\\"",Number=-5,Long=18446744073709551615,Flag=TRUE,When="20260301100000.000000+060"',
  );
});

test('a class without keys has one instance', () => {
  expect(relativePath('__SystemSecurity', [])).toBe('__SystemSecurity=@');
});

test('null is no key', () => {
  expectCode(() => relativePath('X', [{ name: 'K', value: null }]), 'WBEM_E_ILLEGAL_NULL');
});

test.each([[[1]], [1.5], [Number.NaN]])('%j is no key', (value) => {
  expectCode(() => relativePath('X', [{ name: 'K', value }]), 'WBEM_E_CANNOT_BE_KEY');
});

test('a class name cannot smuggle a key', () => {
  expectCode(() => relativePath('X.A=1,B', [{ name: 'K', value: 1 }]), 'WBEM_E_INVALID_OBJECT_PATH');
});

test('rules 10.3: a path has at most 0x2000 characters', () => {
  expectCode(() => relativePath('X', [{ name: 'K', value: 'a'.repeat(0x2000) }]), 'WBEM_E_QUOTA_VIOLATION');
});
