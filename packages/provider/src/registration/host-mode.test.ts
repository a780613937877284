import { expect, test } from 'vitest';
import { hostMode, hostModeValue } from './host-mode.ts';

const DOORS = hostModeValue('root\\cimv2', 'Doors');
const none: readonly string[] = [];

test('a provider is named by its namespace and its relative path', () => {
  expect(DOORS).toBe('root\\cimv2:__win32provider.name="Doors"');
});

test('AC-9.12 a provider that is listed both as secured and as compatible is secure', () => {
  expect(hostMode(DOORS, { secured: [DOORS], compatible: [DOORS] })).toBe('secure');
});

test('AC-9.12 one that is listed as compatible alone stays compatible where the default is secure', () => {
  expect(hostMode(DOORS, { secured: none, compatible: [DOORS], defaultSecuredHost: 1 })).toBe('compatible');
});

test.each([
  [undefined, 'compatible'],
  [0, 'compatible'],
  [1, 'secure'],
] as const)('rules 9.12: one that is not listed has the default %o', (defaultSecuredHost, mode) => {
  const settings = { secured: none, compatible: none };
  expect(
    hostMode(DOORS, { ...settings, ...(defaultSecuredHost !== undefined && { defaultSecuredHost }) }),
  ).toBe(mode);
});

test('names of values are the same in any case, and another provider is another one', () => {
  const secured = [DOORS.toUpperCase()];
  expect(hostMode(DOORS, { secured, compatible: none })).toBe('secure');
  expect(hostMode(hostModeValue('root\\cimv2', 'Door'), { secured, compatible: none })).toBe('compatible');
});
