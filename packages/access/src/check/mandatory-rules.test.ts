import { expect, test } from 'vitest';
import { type Ace, AceType } from '../descriptor/ace.ts';
import { NULL_ACL } from '../descriptor/security-descriptor.ts';
import { IntegrityLevel, type Token } from '../token/token.ts';
import { checkAccess } from './check-access.ts';
import type { GenericMapping } from './generic-mapping.ts';
import {
  ACCESS_SYSTEM_SECURITY,
  allow,
  BA,
  DENIED,
  granted,
  inheritOnly,
  label,
  MAXIMUM_ALLOWED,
  SY,
  sd,
  token,
  WRITE_OWNER,
  withDacl,
  withSacl,
} from './testing.ts';

/** As for files: reading, writing and executing share READ_CONTROL and SYNCHRONIZE. */
const mapping: GenericMapping = { read: 0x120089, write: 0x120116, execute: 0x1200a0, all: 0x1f01ff };
const READ = 0x1;
const WRITE = 0x2;
const EXECUTE = 0x20;
const READ_CONTROL = 0x20000;
const DELETE = 0x10000;
const SYNCHRONIZE = 0x100000;

const NO_WRITE_UP = 0x1;
const NO_READ_UP = 0x2;
const NO_EXECUTE_UP = 0x4;

const at = (integrity: number): Token => ({ ...token(BA), integrity });
const LOW = at(IntegrityLevel.Low);
const full = sd(SY, allow(0x1f01ff, BA));

const may = (descriptor: typeof full, caller: Token, desired: number) =>
  checkAccess(descriptor, caller, desired, { mapping }).granted;

test('[MS-DTYP] 2.5.3.3 without a label an object is at medium, and not written from below', () => {
  expect(may(full, LOW, READ)).toBe(true);
  expect(may(full, LOW, EXECUTE)).toBe(true);
  expect(may(full, LOW, WRITE)).toBe(false);
  expect(may(full, LOW, DELETE)).toBe(false);
  expect(may(full, token(BA), WRITE)).toBe(true);
});

test.each<[string, number, boolean, boolean, boolean]>([
  ['no write up', NO_WRITE_UP, true, false, true],
  ['no read up', NO_READ_UP, false, true, true],
  ['no execute up', NO_EXECUTE_UP, true, true, false],
  ['no read or write up', NO_READ_UP | NO_WRITE_UP, false, false, true],
  ['nothing up', NO_READ_UP | NO_WRITE_UP | NO_EXECUTE_UP, false, false, false],
  ['no policy', 0, true, true, true],
])('a label of high integrity with %s', (_, policy, read, write, execute) => {
  const labelled = withSacl(full, label(IntegrityLevel.High, policy));
  const medium = token(BA);
  expect([READ, WRITE, EXECUTE].map((right) => may(labelled, medium, right))).toEqual([read, write, execute]);
  expect([READ, WRITE, EXECUTE].map((right) => may(labelled, at(IntegrityLevel.High), right))).toEqual([
    true,
    true,
    true,
  ]);
});

test('READ_CONTROL is reading and SYNCHRONIZE executing, whatever the mapping says', () => {
  const bare: GenericMapping = { read: 0x1, write: 0x2, execute: 0x4, all: 0x7 };
  const check = (right: number, policy: number) =>
    checkAccess(withSacl(full, label(IntegrityLevel.High, policy)), token(BA), right, { mapping: bare })
      .granted;
  expect(check(READ_CONTROL, NO_WRITE_UP)).toBe(true);
  expect(check(SYNCHRONIZE, NO_WRITE_UP)).toBe(true);
  expect(check(READ_CONTROL, NO_WRITE_UP | NO_READ_UP)).toBe(false);
});

test('an inherit-only label does not label, and the first that does counts', () => {
  const labels: Ace[] = [
    { ...label(IntegrityLevel.High, NO_WRITE_UP), ...inheritOnly },
    label(IntegrityLevel.Low, NO_WRITE_UP),
    label(IntegrityLevel.High, NO_WRITE_UP),
  ];
  expect(may(withSacl(full, ...labels), LOW, WRITE)).toBe(true);
});

test('mandatory rules bind MAXIMUM_ALLOWED, objects without a DACL and owners', () => {
  expect(checkAccess(full, LOW, MAXIMUM_ALLOWED, { mapping })).toEqual(granted(0x1200a9));
  expect(checkAccess(withDacl(NULL_ACL), LOW, WRITE, { mapping })).toEqual(DENIED);
  expect(checkAccess(withDacl(NULL_ACL), LOW, MAXIMUM_ALLOWED, { mapping })).toEqual(granted(0x1200a9));
  expect(may(sd(BA), LOW, 0x40000)).toBe(false);
});

test('SeRelabelPrivilege lifts the rule for WRITE_OWNER, other privileges do not lift it', () => {
  expect(may(full, { ...LOW, privileges: ['SeRelabelPrivilege'] }, WRITE_OWNER)).toBe(true);
  expect(may(full, { ...LOW, privileges: ['SeTakeOwnershipPrivilege'] }, WRITE_OWNER)).toBe(false);
  expect(may(full, { ...LOW, privileges: ['SeSecurityPrivilege'] }, ACCESS_SYSTEM_SECURITY)).toBe(false);
});

test('the level may stand among the groups, as in a token of Windows', () => {
  const low = token(BA, { sid: 'S-1-16-4096', attributes: 0x60 });
  expect(may(full, low, WRITE)).toBe(false);
});

test('a process trust label takes away from a token without trust', () => {
  const trust: Ace = { type: AceType.SystemProcessTrustLabel, flags: 0, mask: READ, sid: 'S-1-19-512-8192' };
  expect(may(withSacl(full, trust), token(BA), READ)).toBe(true);
  expect(may(withSacl(full, trust), token(BA), WRITE)).toBe(false);
});

test('an access filter takes away unless its condition holds', () => {
  const filter: Ace = {
    type: AceType.SystemAccessFilter,
    flags: 0,
    mask: READ,
    sid: 'S-1-1-0',
    condition: { kind: 'exists', operand: { kind: 'attribute', source: 'user', name: 'Trusted' } },
  };
  const filtered = withSacl(full, filter);
  expect(may(filtered, token(BA), WRITE)).toBe(false);
  expect(may(filtered, { ...token(BA), userClaims: { Trusted: { type: 'int', values: [1n] } } }, WRITE)).toBe(
    true,
  );
});
