import { expect, test } from 'vitest';
import type { Token } from '../token/token.ts';
import { checkAccess } from './check-access.ts';
import { AU, allow, BA, DENIED, deny, disabled, granted, MAXIMUM_ALLOWED, SY, sd, token } from './testing.ts';

const restrictedTo = (...restricted: NonNullable<Token['restricted']>): Token => ({
  ...token(BA),
  restricted,
});

test('rules 12.3: a restricted token needs the right from both walks', () => {
  const descriptor = sd(SY, allow(0x3, BA), allow(0x2, AU));
  expect(checkAccess(descriptor, restrictedTo(AU), 0x2)).toEqual(granted(0x2));
  expect(checkAccess(descriptor, restrictedTo(AU), 0x1)).toEqual(DENIED);
  expect(checkAccess(descriptor, restrictedTo(AU), MAXIMUM_ALLOWED)).toEqual(granted(0x2));
});

test('an entry that denies a restricting SID counts', () => {
  const descriptor = sd(SY, deny(0x1, AU), allow(0x1, BA), allow(0x1, AU));
  expect(checkAccess(descriptor, restrictedTo(AU), 0x1)).toEqual(DENIED);
});

test('the owner has his rights when the owner is among the restricting SIDs too', () => {
  expect(checkAccess(sd(BA), restrictedTo(AU), 0x20000)).toEqual(DENIED);
  expect(checkAccess(sd(BA), restrictedTo(BA), 0x20000)).toEqual(granted(0x20000));
});

test('a disabled restricting SID matches nothing, and an empty list restricts nothing', () => {
  const descriptor = sd(SY, allow(0x1, BA));
  expect(checkAccess(descriptor, restrictedTo(disabled(BA)), 0x1)).toEqual(DENIED);
  expect(checkAccess(descriptor, restrictedTo(), 0x1)).toEqual(granted(0x1));
});
