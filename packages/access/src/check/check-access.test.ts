import { expect, test } from 'vitest';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import {
  ABSENT_ACL,
  type Acl,
  NULL_ACL,
  type SecurityDescriptor,
} from '../descriptor/security-descriptor.ts';
import { NAMESPACE_MAPPING } from '../namespace/namespace-rights.ts';
import type { Sid } from '../sid/sid.ts';
import { GroupAttributes, type Token, type TokenGroup } from '../token/token.ts';
import { checkAccess } from './check-access.ts';

const AU: Sid = 'S-1-5-11';
const BA: Sid = 'S-1-5-32-544';
const SY: Sid = 'S-1-5-18';
const OW: Sid = 'S-1-3-4';
const USER: Sid = 'S-1-5-21-1-2-3-1000';
const MAXIMUM_ALLOWED = 0x02000000;
const ACCESS_SYSTEM_SECURITY = 0x01000000;

const allow = (mask: number, sid: Sid, flags = 0): Ace => ({ type: AceType.AccessAllowed, flags, mask, sid });
const deny = (mask: number, sid: Sid): Ace => ({ type: AceType.AccessDenied, flags: 0, mask, sid });
const denyOnly = (sid: Sid): TokenGroup => ({ sid, attributes: GroupAttributes.UseForDenyOnly });
const disabled = (sid: Sid): TokenGroup => ({ sid, attributes: 0 });
const token = (...groups: (Sid | TokenGroup)[]): Token => ({ user: USER, groups });

function withDacl(dacl: Acl, owner: Sid = SY): SecurityDescriptor {
  return { owner, group: SY, dacl, sacl: ABSENT_ACL, control: 0 };
}

function withAces(owner: Sid, ...aces: Ace[]): SecurityDescriptor {
  return withDacl({ kind: 'list', aces }, owner);
}

const DENIED = { granted: false, mask: 0 };
const granted = (mask: number) => ({ granted: true, mask });

test('AC-12.2 a deny ahead of an allow refuses, and behind it does not', () => {
  const sd = withAces(SY, deny(0x2, AU), allow(0x3, BA));
  expect(checkAccess(sd, token(BA, AU), 0x3)).toEqual(DENIED);
  expect(checkAccess(sd, token(BA, AU), 0x1)).toEqual(granted(0x1));
  const reversed = withAces(SY, allow(0x3, BA), deny(0x2, AU));
  expect(checkAccess(reversed, token(BA, AU), 0x3)).toEqual(granted(0x3));
});

test('AC-12.3 allows for different groups accumulate', () => {
  expect(checkAccess(withAces(SY, allow(0x1, AU), allow(0x2, BA)), token(AU, BA), 0x3)).toEqual(granted(0x3));
});

test('AC-12.4 an empty DACL lets nobody in, a null or absent one everybody', () => {
  const empty = withAces(SY);
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
  expect(checkAccess(withAces(SY, allow(0x1, BA, AceFlags.InheritOnly)), token(BA), 0x1)).toEqual(DENIED);
});

test('AC-12.6 the owner has READ_CONTROL and WRITE_DAC, unless OWNER RIGHTS says otherwise', () => {
  const denied = withAces(BA, deny(0x60003, BA));
  expect(checkAccess(denied, token(BA), 0x60000)).toEqual(granted(0x60000));
  expect(checkAccess(denied, token(BA), 0x1)).toEqual(DENIED);
  expect(checkAccess(denied, token(BA), MAXIMUM_ALLOWED)).toEqual(granted(0x60000));
  const replaced = withAces(BA, allow(0x1, OW));
  expect(checkAccess(replaced, token(BA), 0x1)).toEqual(granted(0x1));
  expect(checkAccess(replaced, token(BA), 0x40000)).toEqual(DENIED);
  expect(checkAccess(replaced, token(BA), MAXIMUM_ALLOWED)).toEqual(granted(0x1));
});

test('AC-12.6 an owner who is there for deny only has nothing', () => {
  for (const sd of [withAces(BA, deny(0x60003, BA)), withAces(BA, allow(0x1, OW))])
    for (const desired of [0x1, 0x40000, 0x60000, MAXIMUM_ALLOWED])
      expect(checkAccess(sd, token(denyOnly(BA)), desired)).toEqual(DENIED);
});

test('AC-12.7 MAXIMUM_ALLOWED: the first entry to name a bit decides it', () => {
  const sd = withAces(SY, allow(0x3, AU), deny(0x2, BA), allow(0x4, BA));
  expect(checkAccess(sd, token(AU, BA), MAXIMUM_ALLOWED)).toEqual(granted(0x7));
  const denyFirst = withAces(SY, deny(0x2, BA), allow(0x3, AU), allow(0x4, BA));
  expect(checkAccess(denyFirst, token(AU, BA), MAXIMUM_ALLOWED)).toEqual(granted(0x5));
  expect(checkAccess(sd, token(), MAXIMUM_ALLOWED)).toEqual(DENIED);
  expect(checkAccess(sd, token(AU, BA), MAXIMUM_ALLOWED | 0x8)).toEqual(DENIED);
});

test('AC-12.8 a deny-only group refuses and grants nothing; a disabled one does neither', () => {
  const allows = withAces(SY, allow(0x3f, BA));
  const refuses = withAces(SY, deny(0x1, BA), allow(0x1, AU));
  expect(checkAccess(allows, token(AU, denyOnly(BA)), 0x1)).toEqual(DENIED);
  expect(checkAccess(refuses, token(AU, denyOnly(BA)), 0x1)).toEqual(DENIED);
  expect(checkAccess(refuses, token(AU, disabled(BA)), 0x1)).toEqual(granted(0x1));
});

test('AC-12.9 nothing desired is denied, and what cannot be checked fails', () => {
  const sd = withAces(SY, allow(0x3, BA));
  expect(checkAccess(sd, token(BA), 0)).toEqual(DENIED);
  expect(() => checkAccess(sd, token(BA), 0x10000000)).toThrow(
    expect.objectContaining({ code: 'ERROR_GENERIC_NOT_MAPPED', hresult: 0x80070550 }),
  );
  for (const incomplete of [
    { ...sd, owner: null },
    { ...sd, group: null },
  ])
    expect(() => checkAccess(incomplete, token(BA), 0x1)).toThrow(
      expect.objectContaining({ code: 'ERROR_INVALID_SECURITY_DESCR', hresult: 0x8007053a }),
    );
  expect(checkAccess(withDacl(NULL_ACL), token(BA), ACCESS_SYSTEM_SECURITY)).toEqual({
    ...DENIED,
    code: 'ERROR_PRIVILEGE_NOT_HELD',
  });
});
