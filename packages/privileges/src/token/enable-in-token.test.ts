import type { Token } from '@wmisec/access';
import { expect, test } from 'vitest';
import { enableInToken } from './enable-in-token.ts';

const TOKEN: Token = {
  user: 'S-1-5-21-1-2-3-1001',
  privileges: [
    { name: 'SeSecurityPrivilege', enabled: false },
    { name: 'SeBackupPrivilege', enabled: false },
    'SeChangeNotifyPrivilege',
  ],
};

test('what is held becomes enabled, the rest and the token given stay as they were', () => {
  const before = structuredClone(TOKEN);
  expect(enableInToken(TOKEN, ['SeSecurityPrivilege', 'SeChangeNotifyPrivilege'])).toEqual({
    ...TOKEN,
    privileges: [
      'SeSecurityPrivilege',
      { name: 'SeBackupPrivilege', enabled: false },
      'SeChangeNotifyPrivilege',
    ],
  });
  expect(TOKEN).toEqual(before);
});

test('AC-7.2 what is not held cannot be enabled: 1300 names each, and nothing is enabled', () => {
  const enable = () => enableInToken(TOKEN, ['SeSecurityPrivilege', 'SeDebugPrivilege', 'SeTcbPrivilege']);
  expect(enable).toThrow(
    expect.objectContaining({
      code: 'ERROR_NOT_ALL_ASSIGNED',
      missing: ['SeDebugPrivilege', 'SeTcbPrivilege'],
    }),
  );
});

test.each([
  ['UNKNOWN_PRIVILEGE', ['SeMagicPrivilege']],
  ['INVALID_ARGUMENT', []],
])('%s for %j', (code, names) => {
  expect(() => enableInToken(TOKEN, names as never)).toThrow(expect.objectContaining({ code }));
});
