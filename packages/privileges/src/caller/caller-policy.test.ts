import type { Sid } from '@wmisec/access';
import { AuthnLevel } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { type CallerPolicy, prepareCallerPolicy } from './caller-policy.ts';

const MACHINE: Sid = 'S-1-5-21-1-2-3-1103';
const USER: Sid = 'S-1-5-21-1-2-3-1001';
const ACCOUNTS: Record<string, Sid> = { 'DOM\\HOST$': MACHINE, 'DOM\\HOST': USER };

const prepare = (policy: CallerPolicy) =>
  prepareCallerPolicy(undefined as never, policy, (account) => ACCOUNTS[account] ?? null);
const code = (wanted: string) => expect.objectContaining({ code: wanted });

test.each(['DOM\\HOST', 'DOM\\HOST$'])('AC-4.6 the computer %s is the account with the dollar', (machine) => {
  expect(prepare({ rule: { kind: 'machine', machine } })).toMatchObject({ kind: 'sid', sid: MACHINE });
});

test('a computer that nobody knows is an error, not a rule that everybody fails silently', () => {
  expect(() => prepare({ rule: { kind: 'machine', machine: 'DOM\\USERONLY' } })).toThrow(
    code('UNKNOWN_ACCOUNT'),
  );
});

test('rules 4.3: nobody is identified below the level connect, so no minimum lies below it', () => {
  const minimum = (minimumAuthnLevel?: AuthnLevel) =>
    prepare({ rule: { kind: 'dangerouslyAnyone' }, minimumAuthnLevel }).minimum;
  expect([minimum(), minimum(AuthnLevel.None), minimum(AuthnLevel.Default)]).toEqual([2, 2, 2]);
  expect(minimum(AuthnLevel.PktPrivacy)).toBe(6);
});

test.each([Number.NaN, 7, -1, '6'])('the level %s is refused: it would compare with nothing', (level) => {
  const policy = { rule: { kind: 'dangerouslyAnyone' }, minimumAuthnLevel: level } as never;
  expect(() => prepare(policy)).toThrow(code('INVALID_ARGUMENT'));
});

test.each([0, -1, 1.5, 0x80000000, 0x2000000, Number.NaN])('the desired rights %s are refused', (desired) => {
  const rule = { kind: 'descriptor', sddl: 'O:SYG:SYD:', desired } as const;
  expect(() => prepare({ rule })).toThrow(code('INVALID_ARGUMENT'));
});

test('a SID, a descriptor and a rule that are none are refused', () => {
  expect(() => prepare({ rule: { kind: 'account', sid: 'S-1-x' as Sid } })).toThrow();
  expect(() => prepare({ rule: { kind: 'descriptor', sddl: 'D:(', desired: 1 } })).toThrow();
  expect(() => prepare({ rule: { kind: 'everyone' } as never })).toThrow(code('INVALID_ARGUMENT'));
});
