import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readToken, TokenHandle } from '@wmisec/access/native';
import { defineLibrary, openNative } from '@wmisec/com-core';
import { ApartmentThread, type CallerRule } from '@wmisec/privileges';
import { AuthnLevel } from '@wmisec/wbem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { letMachineIn } from '../src/let-machine-in.ts';

const folder = process.env['WMISEC_FIXTURES'] ?? '';
const library = defineLibrary(join(folder, 'guarded-wmi.dll'), {
  guardedWmiCallBackAt: ['void', 'DWORD tokenLevel', 'DWORD authnLevel'],
  guardedWmiDeliveries: ['int'],
  guardedWmiTakeLog: ['BSTR'],
});
/** `SECURITY_IMPERSONATION_LEVEL` */
const IDENTIFICATION = 1;
const ANONYMOUS = 0;

const program = (name: string) => new URL(name, inject('programs'));
const { receiveRows } = (await import(
  program('receive-rows.js').href
)) as typeof import('../src/receive-rows.ts');

describe.skipIf(folder === '')('a machine in C++ that delivers rows, under Wine', () => {
  const native = openNative();
  const machine = folder === '' ? (undefined as never) : native.library(library);
  let apartment: ApartmentThread;

  beforeAll(async () => {
    // Wine takes the name of the account that runs it from here: tokens of this process are the machine's.
    process.env['WINEUSERNAME'] = 'SRV01$';
    apartment = await ApartmentThread.open({ program: program('apartment-program.js') });
    // Held by everybody, so that calls to the machine pass.
    const args = [join(folder, 'guarded-wmi.dll'), 'SeChangeNotifyPrivilege'];
    expect(await apartment.run(program('machine-module.js'), 'install', args)).toBe(0);
  });

  beforeEach(() => {
    machine.guardedWmiCallBackAt(IDENTIFICATION, AuthnLevel.PktPrivacy);
    takeLog();
  });

  afterEach(async () => {
    while (machine.guardedWmiDeliveries() > 0) await sleep(5);
  });

  afterAll(async () => {
    expect(await apartment.close()).toEqual({ referenced: 0 });
  });

  async function receive(expected: CallerRule, query = 'SELECT Name FROM Fixture_Row') {
    const rows: unknown[] = [];
    const refusals: string[] = [];
    const patience = new AbortController();
    const ended = await receiveRows(apartment, {
      namespace: '\\\\SRV01\\root\\fixture',
      query,
      property: 'Name',
      expected,
      onRow: (text) => rows.push(text),
      onRefused(reason) {
        refusals.push(reason);
        patience.abort();
      },
      signal: patience.signal,
    }).then(
      () => 'complete',
      (error) => error.code,
    );
    return { ended, rows, refusals };
  }

  /** What the machine heard since the last time. */
  function takeLog(): string[] {
    const text = machine.guardedWmiTakeLog();
    const lines = native.memory.readText(text).split('\n').filter(Boolean);
    native.oleaut32.SysFreeString(text);
    return lines;
  }

  test('rules 4.2: rows of the machine that was asked arrive, and the end of them', async () => {
    expect(await receive({ kind: 'machine', machine: 'CORP\\SRV01' })).toEqual({
      ended: 'complete',
      rows: ['Service00000', 'Service00001', 'Service00002'],
      refusals: [],
    });
    expect(takeLog()).toContain('the sink answers 0x0');
  });

  test('AC-4.6 another account is refused before anything of its call is looked at', async () => {
    const me = readToken(native, TokenHandle.ofProcess(native)).user;
    const expected = 'S-1-5-21-1-2-3-1103';
    expect(await receive({ kind: 'account', sid: expected })).toEqual({
      ended: 'WBEM_E_CALL_CANCELLED',
      rows: [],
      refusals: [`${me} is not ${expected}`],
    });
    while (machine.guardedWmiDeliveries() > 0) await sleep(5);
    expect(takeLog()).toContain('the sink answers 0x80070005');
  });

  test.each([
    ['a level below packet integrity', IDENTIFICATION, AuthnLevel.Connect, /PKT_INTEGRITY is needed/],
    ['no authentication at all', IDENTIFICATION, AuthnLevel.None, /PKT_INTEGRITY is needed/],
    ['an anonymous caller', ANONYMOUS, AuthnLevel.PktPrivacy, /./],
  ])('rules 4.2: %s is refused, whoever calls', async (_name, token, level, reason) => {
    machine.guardedWmiCallBackAt(token, level);
    const { ended, rows, refusals } = await receive({ kind: 'machine', machine: 'CORP\\SRV01' });
    expect([ended, rows, refusals]).toEqual(['WBEM_E_CALL_CANCELLED', [], [expect.stringMatching(reason)]]);
  });

  test('a machine without an account is never asked', async () => {
    expect(await receive({ kind: 'machine', machine: 'CORP\\SRV02' })).toMatchObject({
      ended: 'UNKNOWN_ACCOUNT',
    });
    expect(takeLog()).toEqual([]);
  });

  test('a query that the machine refuses fails by name', async () => {
    const expected = { kind: 'machine', machine: 'CORP\\SRV01' } as const;
    expect(await receive(expected, 'SELECT NoSuchProperty FROM Fixture_Row')).toMatchObject({
      ended: 'WBEM_E_INVALID_QUERY',
    });
  });

  test("COM's own gate is set once, for the machine and the system", () => {
    using security = letMachineIn(native, 'CORP\\SRV01');
    expect(security.status).toBe('initialized');
    expect(() => letMachineIn(native, 'CORP\\SRV02')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ACCOUNT' }),
    );
  });
});
