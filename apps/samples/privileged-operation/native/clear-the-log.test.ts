import { join } from 'node:path';
import { Apartment, defineLibrary, openNative } from '@wmisec/com-core';
import { privilegeStateOf } from '@wmisec/privileges';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clearTheLog } from '../src/clear-the-log.ts';

const folder = process.env['WMISEC_FIXTURES'] ?? '';
/** The WMI in C++ of @wmisec/privileges: it looks for the privilege in the token that each call shows. */
const library = defineLibrary(join(folder, 'guarded-wmi.dll'), {
  guardedWmiInstall: ['HRESULT', 'LPCWSTR privilege', 'DWORD *registration'],
  guardedWmiRemove: ['HRESULT', 'DWORD registration'],
});

describe.skipIf(folder === '')('a machine in C++ that has a log worth guarding, under Wine', () => {
  const native = openNative();
  const machine = folder === '' ? (undefined as never) : native.library(library);
  const registration = native.memory.alloc(4);
  let apartment: Apartment;

  beforeAll(() => {
    apartment = new Apartment(native);
    expect(machine.guardedWmiInstall('SeSecurityPrivilege', registration.ptr)).toBe(0);
  });

  afterEach(() => expect(privilegeStateOf('SeSecurityPrivilege')).toBe('disabled'));

  afterAll(() => {
    machine.guardedWmiRemove(registration.view.getUint32(0, true));
    apartment[Symbol.dispose]();
  });

  test('AC-7.1 the log stays as it is for a caller that holds the privilege disabled', async () => {
    await expect(clearTheLog({})).rejects.toMatchObject({ hresult: 0x80041062 });
  });

  test('it is cleared by calls that enable it for themselves', async () => {
    await clearTheLog({ enable: ['SeSecurityPrivilege'] });
  });

  test('AC-7.2 what is not held cannot be enabled', async () => {
    await expect(clearTheLog({ enable: ['SeSyncAgentPrivilege'] })).rejects.toMatchObject({
      code: 'ERROR_NOT_ALL_ASSIGNED',
    });
  });
});
