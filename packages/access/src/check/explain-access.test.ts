import { describe, expect, test } from 'vitest';
import { AceType } from '../descriptor/ace.ts';
import type { Condition } from '../descriptor/condition.ts';
import { NULL_ACL } from '../descriptor/security-descriptor.ts';
import type { Token } from '../token/token.ts';
import { explainAccess } from './explain-access.ts';
import type { AceStep } from './explanation.ts';
import { formatExplanation } from './format-explanation.ts';
import {
  ACCESS_SYSTEM_SECURITY,
  AU,
  allow,
  BA,
  deny,
  denyOnly,
  disabled,
  inheritOnly,
  label,
  MAXIMUM_ALLOWED,
  SY,
  sd,
  token,
  USER,
  WRITE_OWNER,
  withDacl,
  withSacl,
} from './testing.ts';

function aces(explanation: ReturnType<typeof explainAccess>): AceStep[] {
  return explanation.steps.filter((step) => step.kind === 'ace');
}

describe('each entry says what it did, or why it did nothing', () => {
  test('by SID and order', () => {
    const descriptor = sd(
      SY,
      allow(0x1, 'S-1-5-4'),
      allow(0x1, BA, inheritOnly),
      allow(0x1, denyOnly(BA).sid),
      deny(0x2, BA),
      allow(0x3, AU),
      allow(0x1, AU),
    );
    const explained = explainAccess(descriptor, token(AU, denyOnly(BA)), 0x3);
    expect(aces(explained).map(({ index, effect, reason, bits }) => [index, effect, reason, bits])).toEqual([
      [0, 'none', 'not-held', 0],
      [1, 'none', 'inherit-only', 0],
      [2, 'none', 'deny-only', 0],
      [3, 'denied', null, 0x2],
      [4, 'granted', null, 0x1],
      [5, 'none', 'decided-before', 0],
    ]);
    expect(explained).toMatchObject({ granted: false, mask: 0, missing: 0x2, deciding: { index: 3 } });
  });

  test('a disabled group', () => {
    const explained = explainAccess(sd(SY, allow(0x1, BA)), token(disabled(BA)), 0x1);
    expect(aces(explained)[0]).toMatchObject({ effect: 'none', reason: 'disabled' });
  });

  test('a condition with each of its terms', () => {
    const level: Condition = {
      kind: 'exists',
      operand: { kind: 'attribute', source: 'user', name: 'Level' },
    };
    const condition: Condition = { kind: 'not', operand: level };
    const conditional = allow(0x1, AU, { type: AceType.AccessAllowedCallback, condition });
    const caller: Token = { ...token(AU), userClaims: { Level: { type: 'int', values: [1n] } } };
    const [step] = aces(explainAccess(sd(SY, conditional), caller, 0x1));
    expect(step).toMatchObject({
      effect: 'none',
      reason: 'condition',
      terms: [
        { term: level, sddl: 'Exists @USER.Level', value: 'true' },
        { term: condition, sddl: '!(Exists @USER.Level)', value: 'false' },
      ],
    });
  });

  test('both walks of a restricted token', () => {
    const caller: Token = { ...token(BA), restricted: [AU] };
    const explained = explainAccess(sd(SY, allow(0x1, BA)), caller, 0x1);
    expect(aces(explained).map(({ walk, effect }) => [walk, effect])).toEqual([
      ['token', 'granted'],
      ['restricted', 'none'],
    ]);
  });
});

describe('what counts beside the entries', () => {
  test('privileges', () => {
    const caller: Token = { ...token(), privileges: ['SeTakeOwnershipPrivilege'] };
    expect(explainAccess(sd(SY), caller, WRITE_OWNER).steps).toEqual([
      { kind: 'privilege', privilege: 'SeTakeOwnershipPrivilege', state: 'enabled', granted: WRITE_OWNER },
      { kind: 'privilege', privilege: 'SeRelabelPrivilege', state: 'absent', granted: 0 },
    ]);
  });

  test('the owner', () => {
    expect(explainAccess(sd(BA), token(BA), 0x20000).steps).toEqual([
      { kind: 'owner', walk: 'token', owner: BA, granted: 0x60000 },
    ]);
  });

  test('no DACL', () => {
    expect(explainAccess(withDacl(NULL_ACL), token(), 0x1).steps).toEqual([
      { kind: 'no-dacl', dacl: 'null' },
    ]);
  });

  test('mandatory integrity', () => {
    const high = withSacl(sd(SY, allow(0x1, BA)), label(0x3000, 0x3));
    expect(explainAccess(high, token(BA), 0x1).steps[0]).toEqual({
      kind: 'mandatory',
      tokenLevel: 0x2000,
      objectLevel: 0x3000,
      taken: 0x1,
    });
  });
});

describe('the smallest change that turns the answer around', () => {
  const flip = (...args: Parameters<typeof explainAccess>) => explainAccess(...args).flip;

  test('a right is granted to the user', () => {
    expect(flip(sd(SY), token(BA), 0x21)).toEqual({
      kind: 'add-ace',
      text: `grant 0x21 to ${USER}, ahead of the other entries`,
    });
  });

  test('the deny that decided is removed', () => {
    const descriptor = sd(SY, deny(0x1, AU), allow(0x1, BA));
    expect(flip(descriptor, token(AU, BA), 0x1)).toMatchObject({ kind: 'remove-ace' });
  });

  test('a deny-only group is enabled', () => {
    expect(flip(sd(SY, allow(0x1, BA)), token(denyOnly(BA)), 0x1)).toEqual({
      kind: 'enable-group',
      text: `enable the group ${BA} in the token`,
    });
  });

  test('a privilege is enabled', () => {
    expect(flip(sd(SY), token(), ACCESS_SYSTEM_SECURITY)).toMatchObject({ kind: 'enable-privilege' });
  });

  test('the integrity level is raised', () => {
    const high = withSacl(sd(SY, allow(0x1, BA)), label(0x3000, 0x3));
    expect(flip(high, token(BA), 0x1)).toEqual({
      kind: 'raise-integrity',
      text: 'raise the integrity level of the token to 0x3000',
    });
  });

  test('a restricted token needs the right twice', () => {
    const caller: Token = { ...token(), restricted: [AU] };
    expect(flip(sd(SY), caller, 0x1)?.text).toContain(`${USER} and ${AU}`);
  });

  test('a grant is taken back where it came from', () => {
    expect(flip(sd(SY, allow(0x1, BA)), token(BA), 0x1)).toMatchObject({ kind: 'remove-ace' });
    expect(flip(sd(SY, allow(0x1, BA), allow(0x1, AU)), token(BA, AU), 0x1)).toMatchObject({
      kind: 'add-ace',
    });
    expect(flip(sd(BA), token(BA), 0x20000)).toMatchObject({ kind: 'add-ace' });
    expect(flip(withDacl(NULL_ACL), token(), 0x1)).toMatchObject({ kind: 'add-ace' });
    const caller: Token = { ...token(), privileges: ['SeTakeOwnershipPrivilege'] };
    expect(flip(sd(SY), caller, WRITE_OWNER)).toEqual({
      kind: 'disable-privilege',
      text: 'disable SeTakeOwnershipPrivilege',
    });
  });

  test('a question that cannot be granted has none', () => {
    expect(flip(sd(SY), token(), 0)).toBe(null);
  });
});

test('a text tells the same for people', () => {
  const descriptor = sd(SY, allow(0x1, BA, inheritOnly), deny(0x2, AU), allow(0x3, BA));
  const text = formatExplanation(explainAccess(descriptor, token(AU, BA), 0x3), {
    rightNames: (mask) => (mask === 0x2 ? ['EXECUTE'] : [`0x${mask.toString(16)}`]),
  });
  expect(text).toContain('DENIED 0x3');
  expect(text).toContain('entry 0 (A;CIIO;CC;;;BA): is for children only');
  expect(text).toContain('entry 1 (D;;DC;;;AU): denied EXECUTE');
  expect(text).toMatch(/entry 2.*granted 0x1/);
  expect(text).toContain('missing: EXECUTE');
  expect(text).toMatch(/decided by entry 1/);
  expect(text).toContain('to grant: remove entry 1, (D;;DC;;;AU)');
});

test('the text shows each term of a condition', () => {
  const condition: Condition = {
    kind: 'exists',
    operand: { kind: 'attribute', source: 'user', name: 'Level' },
  };
  const conditional = allow(0x1, AU, { type: AceType.AccessAllowedCallback, condition });
  const text = formatExplanation(explainAccess(sd(SY, conditional), token(AU), 0x1));
  expect(text).toContain('the condition does not hold [Exists @USER.Level is false]');
});

test('MAXIMUM_ALLOWED is explained like any other question', () => {
  const explained = explainAccess(sd(SY, allow(0x3, BA), deny(0x2, AU)), token(AU, BA), MAXIMUM_ALLOWED);
  expect(explained).toMatchObject({ granted: true, mask: 0x3, missing: 0, deciding: { index: 0 } });
});
