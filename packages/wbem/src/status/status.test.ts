import { describe, expect, it } from 'vitest';
import { sdkConstants, sdkHeaders } from '../testing.ts';
import { ComStatus } from './com-status.ts';
import { failed, formatHresult, hresultFromWin32 } from './hresult.ts';
import { MofStatus } from './mof-status.ts';
import { statusName } from './status-name.ts';
import { WbemStatus } from './wbem-status.ts';
import { Win32Error } from './win32-error.ts';

describe.skipIf(sdkHeaders === undefined)('statuses (docs/rules.md 11)', () => {
  it.each([
    ['WbemStatus', WbemStatus],
    ['MofStatus', MofStatus],
  ])('%s has the numbers of wbemcli.h and wbemprov.h', (_, table) => {
    const header = sdkConstants('wbemcli.h', 'wbemprov.h');
    const expected = Object.fromEntries(Object.keys(table).map((name) => [name, header.get(name)]));
    expect(table).toEqual(expected);
  });

  it('leaves out none of the failures of wbemcli.h', () => {
    const names = [...sdkConstants('wbemcli.h').keys()].filter((name) => /^WBEM(MOF|ESS)?_E_/.test(name));
    expect(names.length).toBeGreaterThan(150);
    expect(names.filter((name) => !(name in WbemStatus) && !(name in MofStatus))).toEqual([]);
  });

  it('ComStatus and Win32Error have the numbers of winerror.h', () => {
    const header = sdkConstants('winerror.h');
    const { RPC_S_SERVER_UNAVAILABLE: unavailable, ...com } = ComStatus;
    const expected = (table: object) =>
      Object.fromEntries(Object.keys(table).map((name) => [name, header.get(name)]));
    expect(com).toEqual(expected(com));
    expect(Win32Error).toEqual(expected(Win32Error));
    expect(unavailable).toBe(hresultFromWin32(header.get('RPC_S_SERVER_UNAVAILABLE')!));
  });
});

describe('hresults', () => {
  it('fail by their highest bit', () => {
    expect(failed(WbemStatus.WBEM_E_FAILED)).toBe(true);
    expect(failed(-0x7ffbefff)).toBe(true);
    expect(failed(WbemStatus.WBEM_S_ACCESS_DENIED)).toBe(false);
    expect(failed(0)).toBe(false);
  });

  it('are written as eight digits', () => {
    expect(formatHresult(0x80041003)).toBe('0x80041003');
    expect(formatHresult(0x80041003 | 0)).toBe('0x80041003');
    expect(formatHresult(5)).toBe('0x00000005');
  });

  it('carry Win32 errors', () => {
    expect(hresultFromWin32(Win32Error.ERROR_ACCESS_DENIED)).toBe(ComStatus.E_ACCESSDENIED);
    expect(hresultFromWin32(0)).toBe(0);
  });

  it('have names', () => {
    expect(statusName(0x80041003)).toBe('WBEM_E_ACCESS_DENIED');
    expect(statusName(0x80041003 | 0)).toBe('WBEM_E_ACCESS_DENIED');
    expect(statusName(0x80070005)).toBe('E_ACCESSDENIED');
    expect(statusName(0)).toBe('WBEM_S_NO_ERROR');
    expect(statusName(0x12345678)).toBeUndefined();
  });
});
