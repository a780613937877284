import { expect, test } from 'vitest';
import { type Ace, AceType } from '../descriptor/ace.ts';
import type { Condition } from '../descriptor/condition.ts';
import { NAMESPACE_MAPPING } from '../namespace/namespace-rights.ts';
import type { Token } from '../token/token.ts';
import { checkAccess } from './check-access.ts';
import {
  AU,
  allow,
  BA,
  DEFAULT_NAMESPACE,
  DENIED,
  deny,
  denyOnly,
  granted,
  inheritOnly,
  MAXIMUM_ALLOWED,
  OW,
  PS,
  SY,
  sd,
  token,
  USER,
  withSacl,
} from './testing.ts';

const mapping = NAMESPACE_MAPPING;

test('AC-9.1 with the default descriptor a user reads, runs methods and writes through providers', () => {
  const user = token(AU);
  for (const right of [0x1, 0x2, 0x10])
    expect(checkAccess(DEFAULT_NAMESPACE, user, right).granted).toBe(true);
  for (const right of [0x4, 0x8, 0x20])
    expect(checkAccess(DEFAULT_NAMESPACE, user, right).granted).toBe(false);
});

test('AC-9.2 the default descriptor gives a user 0x13 and an administrator all', () => {
  expect(checkAccess(DEFAULT_NAMESPACE, token(AU), MAXIMUM_ALLOWED, { mapping })).toEqual(granted(0x13));
  expect(checkAccess(DEFAULT_NAMESPACE, token(AU, BA), MAXIMUM_ALLOWED, { mapping })).toEqual(
    granted(0x6003f),
  );
});

test('generic rights of an entry mean what the mapping says', () => {
  expect(checkAccess(sd(SY, allow(0x10000000, BA)), token(BA), MAXIMUM_ALLOWED, { mapping })).toEqual(
    granted(0x6003f),
  );
  expect(checkAccess(sd(SY, allow(0xc0000000, BA)), token(BA), MAXIMUM_ALLOWED, { mapping })).toEqual(
    granted(0x1d),
  );
  const refused = sd(SY, deny(0x40000000, BA), allow(0x3f, BA));
  expect(checkAccess(refused, token(BA), MAXIMUM_ALLOWED, { mapping })).toEqual(granted(0x23));
});

test('the user matches without an attribute, unless there for deny only', () => {
  const descriptor = sd(SY, allow(0x1, USER));
  expect(checkAccess(descriptor, { user: { sid: USER, attributes: 0 } }, 0x1)).toEqual(granted(0x1));
  expect(checkAccess(descriptor, { user: denyOnly(USER) }, 0x1)).toEqual(DENIED);
});

test('a SID that is listed for deny only as well allows nothing', () => {
  expect(checkAccess(sd(SY, allow(0x1, BA)), token(BA, denyOnly(BA)), 0x1)).toEqual(DENIED);
});

test('PRINCIPAL_SELF stands for the SID of the object', () => {
  const descriptor = sd(SY, allow(0x1, PS));
  expect(checkAccess(descriptor, token(), 0x1, { self: USER })).toEqual(granted(0x1));
  expect(checkAccess(descriptor, token(), 0x1, { self: BA })).toEqual(DENIED);
  expect(checkAccess(descriptor, token(), 0x1)).toEqual(DENIED);
});

test('OWNER RIGHTS can deny the owner, and replaces what he has even when it gives nothing', () => {
  expect(checkAccess(sd(BA, deny(0x2, OW), allow(0x3, BA)), token(BA), MAXIMUM_ALLOWED)).toEqual(
    granted(0x1),
  );
  expect(checkAccess(sd(BA, allow(0, OW)), token(BA), 0x20000)).toEqual(DENIED);
  expect(checkAccess(sd(BA, allow(0, OW, inheritOnly)), token(BA), 0x20000)).toEqual(granted(0x20000));
});

test('implicitOwner: false leaves the owner with the entries alone', () => {
  expect(checkAccess(sd(BA), token(BA), 0x20000, { implicitOwner: false })).toEqual(DENIED);
  expect(checkAccess(sd(BA, allow(0x20000, OW)), token(BA), 0x20000, { implicitOwner: false })).toEqual(
    granted(0x20000),
  );
});

test('entries of a SACL grant and deny nothing in a DACL', () => {
  expect(checkAccess(sd(SY, allow(0x1, BA, { type: AceType.SystemAudit })), token(BA), 0x1)).toEqual(DENIED);
});

const LEVEL_5: Condition = {
  kind: 'relation',
  operator: '==',
  left: { kind: 'attribute', source: 'user', name: 'Level' },
  right: { kind: 'attribute', source: 'resource', name: 'Needed' },
};
const needed: Ace = {
  type: AceType.SystemResourceAttribute,
  flags: 0,
  mask: 0,
  sid: 'S-1-1-0',
  attribute: { name: 'needed', type: 'int', values: [5n] },
};
const at = (level: bigint): Token => ({
  ...token(AU),
  userClaims: { Level: { type: 'int', values: [level] } },
});
const allowIf = allow(0x1, AU, { type: AceType.AccessAllowedCallback, condition: LEVEL_5 });
const denyIf = deny(0x1, AU, { type: AceType.AccessDeniedCallback, condition: LEVEL_5 });

test('[MS-DTYP] 2.4.4.17.3 an allow applies when its condition is true', () => {
  const descriptor = withSacl(sd(SY, allowIf), needed);
  expect(checkAccess(descriptor, at(5n), 0x1)).toEqual(granted(0x1));
  expect(checkAccess(descriptor, at(4n), 0x1)).toEqual(DENIED);
  expect(checkAccess(descriptor, token(AU), 0x1)).toEqual(DENIED);
});

test('[MS-DTYP] 2.4.4.17.3 a deny applies when its condition is true or unknown', () => {
  const descriptor = withSacl(sd(SY, denyIf, allow(0x1, AU)), needed);
  expect(checkAccess(descriptor, at(5n), 0x1)).toEqual(DENIED);
  expect(checkAccess(descriptor, at(4n), 0x1)).toEqual(granted(0x1));
  expect(checkAccess(descriptor, token(AU), 0x1)).toEqual(DENIED);
});

test('application data that is no condition grants nothing and denies', () => {
  const raw = { data: Uint8Array.of(1, 2, 3, 4) };
  const grants = allow(0x1, AU, { type: AceType.AccessAllowedCallback, ...raw });
  const refuses = deny(0x1, AU, { type: AceType.AccessDeniedCallback, ...raw });
  expect(checkAccess(sd(SY, grants), token(AU), 0x1)).toEqual(DENIED);
  expect(checkAccess(sd(SY, refuses, allow(0x1, AU)), token(AU), 0x1)).toEqual(DENIED);
});

test.each([-1, 0.5, Number.NaN, 2 ** 32, Number.POSITIVE_INFINITY])('%d is no mask', (desired) => {
  expect(() => checkAccess(sd(SY), token(), desired)).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
  );
});
