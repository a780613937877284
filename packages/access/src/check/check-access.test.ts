import { expect, test } from 'vitest';
import { ABSENT_ACL, NULL_ACL } from '../descriptor/security-descriptor.ts';
import { NAMESPACE_MAPPING } from '../namespace/namespace-rights.ts';
import { checkAccess } from './check-access.ts';
import {
  ACCESS_SYSTEM_SECURITY,
  AU,
  allow,
  BA,
  DENIED,
  deny,
  denyOnly,
  disabled,
  granted,
  inheritOnly,
  MAXIMUM_ALLOWED,
  OW,
  SY,
  sd,
  token,
  withDacl,
} from './testing.ts';

test('AC-12.2 a deny ahead of an allow refuses, and behind it does not', () => {
  const descriptor = sd(SY, deny(0x2, AU), allow(0x3, BA));
  expect(checkAccess(descriptor, token(BA, AU), 0x3)).toEqual(DENIED);
  expect(checkAccess(descriptor, token(BA, AU), 0x1)).toEqual(granted(0x1));
  const reversed = sd(SY, allow(0x3, BA), deny(0x2, AU));
  expect(checkAccess(reversed, token(BA, AU), 0x3)).toEqual(granted(0x3));
});

test('AC-12.3 allows for different groups accumulate', () => {
  expect(checkAccess(sd(SY, allow(0x1, AU), allow(0x2, BA)), token(AU, BA), 0x3)).toEqual(granted(0x3));
});

test('AC-12.4 an empty DACL lets nobody in, a null or absent one everybody', () => {
  const empty = sd(SY);
  expect(checkAccess(empty, token(BA), 0x1)).toEqual(DENIED);
  expect(checkAccess(empty, token(BA), MAXIMUM_ALLOWED)).toEqual(DENIED);
  for (const open of [NULL_ACL, ABSENT_ACL]) {
    expect(checkAccess(withDacl(open), token(BA), 0x60001)).toEqual(granted(0x60001));
    expect(checkAccess(withDacl(open), token(BA), MAXIMUM_ALLOWED, { mapping: NAMESPACE_MAPPING })).toEqual(
      granted(0x6003f),
    );
  }
});

test('AC-12.5 an inherit-only entry does not count on the object that carries it', () => {
  expect(checkAccess(sd(SY, allow(0x1, BA, inheritOnly)), token(BA), 0x1)).toEqual(DENIED);
});

test('AC-12.6 the owner has READ_CONTROL and WRITE_DAC, unless OWNER RIGHTS says otherwise', () => {
  const denied = sd(BA, deny(0x60003, BA));
  expect(checkAccess(denied, token(BA), 0x60000)).toEqual(granted(0x60000));
  expect(checkAccess(denied, token(BA), 0x1)).toEqual(DENIED);
  expect(checkAccess(denied, token(BA), MAXIMUM_ALLOWED)).toEqual(granted(0x60000));
  const replaced = sd(BA, allow(0x1, OW));
  expect(checkAccess(replaced, token(BA), 0x1)).toEqual(granted(0x1));
  expect(checkAccess(replaced, token(BA), 0x40000)).toEqual(DENIED);
  expect(checkAccess(replaced, token(BA), MAXIMUM_ALLOWED)).toEqual(granted(0x1));
});

test('AC-12.6 an owner who is there for deny only has nothing', () => {
  for (const descriptor of [sd(BA, deny(0x60003, BA)), sd(BA, allow(0x1, OW))])
    for (const desired of [0x1, 0x40000, 0x60000, MAXIMUM_ALLOWED])
      expect(checkAccess(descriptor, token(denyOnly(BA)), desired)).toEqual(DENIED);
});

test('AC-12.7 MAXIMUM_ALLOWED: the first entry to name a bit decides it', () => {
  const descriptor = sd(SY, allow(0x3, AU), deny(0x2, BA), allow(0x4, BA));
  expect(checkAccess(descriptor, token(AU, BA), MAXIMUM_ALLOWED)).toEqual(granted(0x7));
  const denyFirst = sd(SY, deny(0x2, BA), allow(0x3, AU), allow(0x4, BA));
  expect(checkAccess(denyFirst, token(AU, BA), MAXIMUM_ALLOWED)).toEqual(granted(0x5));
  expect(checkAccess(descriptor, token(), MAXIMUM_ALLOWED)).toEqual(DENIED);
  expect(checkAccess(descriptor, token(AU, BA), MAXIMUM_ALLOWED | 0x8)).toEqual(DENIED);
});

test('AC-12.8 a deny-only group refuses and grants nothing; a disabled one does neither', () => {
  const allows = sd(SY, allow(0x3f, BA));
  const refuses = sd(SY, deny(0x1, BA), allow(0x1, AU));
  expect(checkAccess(allows, token(AU, denyOnly(BA)), 0x1)).toEqual(DENIED);
  expect(checkAccess(refuses, token(AU, denyOnly(BA)), 0x1)).toEqual(DENIED);
  expect(checkAccess(refuses, token(AU, disabled(BA)), 0x1)).toEqual(granted(0x1));
});

test('AC-12.9 nothing desired is denied, and what cannot be checked fails', () => {
  const descriptor = sd(SY, allow(0x3, BA));
  expect(checkAccess(descriptor, token(BA), 0)).toEqual(DENIED);
  expect(() => checkAccess(descriptor, token(BA), 0x10000000)).toThrow(
    expect.objectContaining({ code: 'ERROR_GENERIC_NOT_MAPPED', hresult: 0x80070550 }),
  );
  for (const incomplete of [
    { ...descriptor, owner: null },
    { ...descriptor, group: null },
  ])
    expect(() => checkAccess(incomplete, token(BA), 0x1)).toThrow(
      expect.objectContaining({ code: 'ERROR_INVALID_SECURITY_DESCR', hresult: 0x8007053a }),
    );
  expect(checkAccess(withDacl(NULL_ACL), token(BA), ACCESS_SYSTEM_SECURITY)).toEqual({
    ...DENIED,
    code: 'ERROR_PRIVILEGE_NOT_HELD',
  });
});
