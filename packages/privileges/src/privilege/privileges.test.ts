import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVILEGE_NAMES } from '@wmisec/access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPrivilege, requirePrivilege } from './find-privilege.ts';
import { parseMonikerPrivileges } from './parse-moniker-privileges.ts';
import { WbemPrivilege } from './privilege.ts';
import { PRIVILEGES } from './privileges.ts';

const headers = ['/usr/x86_64-w64-mingw32/include', '/usr/share/mingw-w64/include'].find((folder) =>
  existsSync(join(folder, 'wbemdisp.h')),
);

describe('rules 7.4: the table of privileges', () => {
  test('has every privilege that a token can name, once', () => {
    expect(PRIVILEGES.map(({ name }) => name).sort()).toEqual([...PRIVILEGE_NAMES].sort());
    expect(new Set(PRIVILEGES.map(({ luid }) => luid)).size).toBe(PRIVILEGES.length);
  });

  test.each([
    ['SeCreateTokenPrivilege', 1, 'CreateToken'],
    ['SeAssignPrimaryTokenPrivilege', 2, 'AssignPrimaryToken'],
    ['SeIncreaseQuotaPrivilege', 4, 'IncreaseQuota'],
    ['SeSecurityPrivilege', 7, 'Security'],
    ['SeSystemtimePrivilege', 11, 'Systemtime'],
    ['SeBackupPrivilege', 16, 'Backup'],
    ['SeDebugPrivilege', 19, 'Debug'],
    ['SeChangeNotifyPrivilege', 22, 'ChangeNotify'],
    ['SeManageVolumePrivilege', 27, 'ManageVolume'],
    ['SeImpersonatePrivilege', null, 'Impersonate'],
  ] as const)('%s is number %s and %s in a moniker', (name, wbemPrivilege, shortName) => {
    expect(findPrivilege(name)).toMatchObject({ name, wbemPrivilege, shortName });
    expect(findPrivilege(shortName.toUpperCase())?.name).toBe(name);
  });

  test.skipIf(headers === undefined)('agrees with the headers of mingw-w64', () => {
    const read = (file: string) => readFileSync(join(headers!, file), 'latin1');
    const numbers = read('wbemdisp.h').matchAll(/wbemPrivilege(\w+) = (\d+)/g);
    expect(WbemPrivilege).toEqual(
      Object.fromEntries([...numbers].map(([, name, number]) => [name, Number(number)])),
    );
    const named = read('winnt.h').matchAll(/TEXT\("(Se\w+Privilege)"\)/g);
    const known = new Set<string>(PRIVILEGES.map(({ name }) => name));
    expect([...named].map(([, name]) => name!).filter((name) => !known.has(name))).toEqual([
      'SeUnsolicitedInputPrivilege',
    ]);
  });

  test('gives each number of WbemPrivilegeEnum to one privilege', () => {
    const numbers = PRIVILEGES.flatMap(({ wbemPrivilege }) => wbemPrivilege ?? []);
    expect(numbers).toEqual(Object.values(WbemPrivilege));
  });

  test('an unknown name is an error that shows it, cut short', () => {
    expect(() => requirePrivilege('SeNothingPrivilege')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_PRIVILEGE', message: expect.stringContaining('SeNothing') }),
    );
    expect(() => requirePrivilege('x'.repeat(10_000))).toThrow(/^.{1,200}$/);
  });
});

describe('rules 7.4: the privileges of a moniker', () => {
  test('a leading exclamation mark disables', () => {
    expect(parseMonikerPrivileges('(Debug,!Security)')).toEqual([
      { name: 'SeDebugPrivilege', enable: true },
      { name: 'SeSecurityPrivilege', enable: false },
    ]);
  });

  test.each(['', '()', '(Debug', '(Debug,,Security)', '(!)', '(!!Debug)', '(Debug;Security)'])(
    '%s is refused',
    (text) => {
      expect(() => parseMonikerPrivileges(text)).toThrow(
        expect.objectContaining({ code: 'WBEM_E_INVALID_SYNTAX' }),
      );
    },
  );

  test('any other text is read or refused by name', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseMonikerPrivileges(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'WBEM_E_INVALID_SYNTAX' });
        }
      }),
    );
  });
});
