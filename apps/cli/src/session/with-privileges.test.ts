import { hasPrivilege, type Principal } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { withPrivileges } from './with-privileges.ts';

const ann: Principal = {
  name: 'ann',
  token: {
    user: 'S-1-5-21-1-2-3-1001',
    privileges: [
      { name: 'SeSecurityPrivilege', enabled: false },
      { name: 'SeBackupPrivilege', enabled: false },
    ],
  },
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
};

test('rules 7.1: what is asked for arrives enabled, and nothing else', async () => {
  const { token } = await withPrivileges(ann, ['security']);
  expect(hasPrivilege(token, 'SeSecurityPrivilege')).toBe(true);
  expect(hasPrivilege(token, 'SeBackupPrivilege')).toBe(false);
  expect(await withPrivileges(ann, undefined)).toBe(ann);
});

test('what is not held cannot be asked for', async () => {
  await expect(withPrivileges(ann, ['SeDebugPrivilege'])).rejects.toMatchObject({
    code: 'ERROR_NOT_ALL_ASSIGNED',
    missing: ['SeDebugPrivilege'],
  });
});
