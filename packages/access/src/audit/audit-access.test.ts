import { describe, expect, test } from 'vitest';
import {
  AU,
  allow,
  BA,
  denyOnly,
  inheritOnly,
  MAXIMUM_ALLOWED,
  OW,
  PS,
  SY,
  sd,
  token,
  USER,
  withSacl,
} from '../check/testing.ts';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { Condition } from '../descriptor/condition.ts';
import type { Sid } from '../sid/sid.ts';
import type { Token } from '../token/token.ts';
import { auditAccess } from './audit-access.ts';

const SUCCESS = AceFlags.SuccessfulAccess;
const FAILURE = AceFlags.FailedAccess;
const GUID = '{00000000-0000-0000-0000-000000000001}';
const OTHER = '{00000000-0000-0000-0000-000000000002}';

function audit(flags: number, mask: number, sid: Sid, more: Partial<Ace> = {}): Ace {
  return { type: AceType.SystemAudit, flags, mask, sid, ...more };
}

/** 0x1 is granted to Authenticated Users, 0x2 is not. */
function fired(desired: number, caller: Token, ...sacl: Ace[]) {
  const descriptor = withSacl(sd(SY, allow(0x1, AU)), ...sacl);
  return auditAccess(descriptor, caller, desired).audits.map(({ index, outcome }) => [index, outcome]);
}

describe('rules 9.6: an audit fires', () => {
  test('on success when access is granted, on failure when it is denied', () => {
    const entries = [audit(SUCCESS, 0x3, AU), audit(FAILURE, 0x3, AU), audit(SUCCESS | FAILURE, 0x3, AU)];
    expect(fired(0x1, token(AU), ...entries)).toEqual([
      [0, 'success'],
      [2, 'success'],
    ]);
    expect(fired(0x2, token(AU), ...entries)).toEqual([
      [1, 'failure'],
      [2, 'failure'],
    ]);
  });

  test('for a right that was granted, or desired in vain', () => {
    expect(fired(0x1, token(AU), audit(SUCCESS, 0x2, AU))).toEqual([]);
    expect(fired(0x3, token(AU), audit(FAILURE, 0x1, AU))).toEqual([[0, 'failure']]);
    expect(fired(0x3, token(AU), audit(FAILURE, 0x4, AU))).toEqual([]);
    expect(fired(MAXIMUM_ALLOWED, token(AU), audit(SUCCESS, 0x1, AU))).toEqual([[0, 'success']]);
    expect(fired(MAXIMUM_ALLOWED, token(), audit(FAILURE, 0x4, USER))).toEqual([[0, 'failure']]);
  });

  test('for SIDs of the token; those for deny only count for failures', () => {
    expect(fired(0x1, token(AU), audit(SUCCESS, 0x1, BA))).toEqual([]);
    expect(fired(0x1, token(AU, denyOnly(BA)), audit(SUCCESS, 0x1, BA))).toEqual([]);
    expect(fired(0x2, token(AU, denyOnly(BA)), audit(FAILURE, 0x2, BA))).toEqual([[0, 'failure']]);
    expect(fired(0x1, token(AU, denyOnly(BA)), audit(SUCCESS | FAILURE, 0x1, BA))).toEqual([]);
  });

  test('not from an inherit-only entry, and not as an alarm', () => {
    const inherited = audit(SUCCESS | inheritOnly.flags, 0x1, AU);
    const alarm = audit(SUCCESS, 0x1, AU, { type: AceType.SystemAlarm });
    expect(fired(0x1, token(AU), inherited, alarm)).toEqual([]);
  });

  test('when its condition is true or unknown', () => {
    const condition: Condition = {
      kind: 'relation',
      operator: '==',
      left: { kind: 'attribute', source: 'user', name: 'Level' },
      right: { kind: 'int', value: 1n, size: 8, sign: 'none', base: 10 },
    };
    const conditional = audit(SUCCESS, 0x1, AU, { type: AceType.SystemAuditCallback, condition });
    const at = (level: bigint): Token => ({
      ...token(AU),
      userClaims: { Level: { type: 'int', values: [level] } },
    });
    expect(fired(0x1, at(1n), conditional)).toEqual([[0, 'success']]);
    expect(fired(0x1, token(AU), conditional)).toEqual([[0, 'success']]);
    expect(fired(0x1, at(2n), conditional)).toEqual([]);
  });
});

test('audits speak of the owner, of the object itself, and of its parts', () => {
  const descriptor = withSacl(
    sd(USER, allow(0x1, AU)),
    audit(SUCCESS, 0x1, OW),
    audit(SUCCESS, 0x1, PS),
    audit(SUCCESS, 0x1, AU, { type: AceType.SystemAuditObject, objectType: GUID }),
    audit(SUCCESS, 0x1, AU, { type: AceType.SystemAuditObject, objectType: OTHER }),
  );
  const { audits } = auditAccess(descriptor, token(AU), 0x1, { self: AU, tree: [[0, GUID]] });
  expect(audits.map(({ index, sddl }) => [index, sddl])).toEqual([
    [0, '(AU;SA;CC;;;OW)'],
    [1, '(AU;SA;CC;;;PS)'],
    [2, '(OU;SA;CC;00000000-0000-0000-0000-000000000001;;AU)'],
  ]);
});
