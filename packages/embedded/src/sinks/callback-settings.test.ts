import { expect, test } from 'vitest';
import { allowsAnonymousCallback, checksByDefault, type RegistryFlag } from './callback-settings.ts';

test.each<[RegistryFlag | undefined, boolean]>([
  [undefined, false],
  [0, false],
  ['0', false],
  ['00000000', false],
  [false, false],
  [1, true],
  ['1', true],
  [' 1 ', true],
  ['0x1', true],
  [true, true],
])('rules 3.3: %j is %s, as text of a REG_SZ and as number of a REG_DWORD', (value, on) => {
  expect(checksByDefault({ UnsecAppAccessControlDefault: value })).toBe(on);
  expect(allowsAnonymousCallback({ AllowAnonymousCallback: value })).toBe(on);
});

test.each<RegistryFlag>(['', ' ', 'yes', 2, -1, Number.NaN, '1;', {} as never, null as never])(
  'what says neither, %j, is taken for the safe side of both',
  (value) => {
    expect(checksByDefault({ UnsecAppAccessControlDefault: value })).toBe(true);
    expect(allowsAnonymousCallback({ AllowAnonymousCallback: value })).toBe(false);
  },
);
