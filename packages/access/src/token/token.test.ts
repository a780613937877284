import { expect, test } from 'vitest';
import type { Sid } from '../sid/sid.ts';
import { filterToken } from './filter-token.ts';
import { groupAttributeWords, parseGroupAttributes } from './group-attribute-words.ts';
import { asGroup } from './group-membership.ts';
import { logonToken } from './logon-token.ts';
import { hasPrivilege, privilegeState } from './privilege-state.ts';
import { IntegrityLevel, type Token } from './token.ts';

const ANN: Sid = 'S-1-5-21-1-2-3-1000';
const BA: Sid = 'S-1-5-32-544';
const DOMAIN_ADMINS: Sid = 'S-1-5-21-1-2-3-512';
const USERS: Sid = 'S-1-5-32-545';

const sids = ({ groups = [] }: Token) => groups.map((group) => asGroup(group).sid);

test('AC-8.6 a filtered token has administrators for deny only', () => {
  const filtered = filterToken({
    user: ANN,
    groups: [{ sid: BA, attributes: 0x7 }, DOMAIN_ADMINS, USERS],
    privileges: ['SeDebugPrivilege', 'SeChangeNotifyPrivilege'],
    integrity: IntegrityLevel.High,
  });
  expect(filtered.groups).toEqual([
    { sid: BA, attributes: 0x13 },
    { sid: DOMAIN_ADMINS, attributes: 0x10 },
    { sid: USERS, attributes: 0x4 },
  ]);
  expect(filtered.privileges).toEqual(['SeChangeNotifyPrivilege']);
  expect(filtered.integrity).toBe(IntegrityLevel.Medium);
});

test('filtering twice is filtering once, and lifts no integrity level', () => {
  const low: Token = { user: ANN, groups: [BA], integrity: IntegrityLevel.Low };
  expect(filterToken(filterToken(low))).toEqual(filterToken(low));
  expect(filterToken(low).integrity).toBe(IntegrityLevel.Low);
});

test('rules 12.5: a logon adds Everyone, Authenticated Users, and where it came from', () => {
  expect(sids(logonToken({ user: ANN, groups: [USERS] }, { remote: true }))).toEqual([
    USERS,
    'S-1-1-0',
    'S-1-5-11',
    'S-1-5-2',
  ]);
  expect(sids(logonToken({ user: ANN }, { remote: false }))).toContain('S-1-5-4');
});

test('rules 12.5: an anonymous caller is neither everyone nor authenticated', () => {
  expect(sids(logonToken({ user: 'S-1-5-7' }, { remote: true }))).toEqual(['S-1-5-2']);
});

test('rules 12.5: over the network every privilege that is held arrives enabled', () => {
  const account: Token = { user: ANN, privileges: [{ name: 'SeShutdownPrivilege', enabled: false }] };
  expect(hasPrivilege(logonToken(account, { remote: true }), 'SeShutdownPrivilege')).toBe(true);
  expect(hasPrivilege(logonToken(account, { remote: false }), 'SeShutdownPrivilege')).toBe(false);
});

test('a privilege is enabled, disabled or not held', () => {
  const token: Token = {
    user: ANN,
    privileges: ['SeDebugPrivilege', { name: 'SeBackupPrivilege', enabled: false }],
  };
  expect(privilegeState(token, 'SeDebugPrivilege')).toBe('enabled');
  expect(privilegeState(token, 'SeBackupPrivilege')).toBe('disabled');
  expect(privilegeState(token, 'SeRestorePrivilege')).toBe('absent');
});

test('attributes are read in any case and written as Windows names them', () => {
  expect(parseGroupAttributes(['Mandatory', 'ENABLED', 'useForDenyOnly'])).toBe(0x15);
  expect(parseGroupAttributes([])).toBe(0);
  expect(groupAttributeWords(0x15)).toEqual(['Mandatory', 'Enabled', 'UseForDenyOnly']);
  expect(() => parseGroupAttributes(['Enabledd'])).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
  );
});
