import { setTimeout as sleep } from 'node:timers/promises';
import { readToken, TokenHandle } from '@wmisec/access/native';
import type { CallerRule } from '@wmisec/privileges';
import { AuthnLevel, ImpLevel } from '@wmisec/wbem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { letMachineIn } from '../src/let-machine-in.ts';
import { playMachine } from './machine.ts';

const { receiveRows } = (await import(
  new URL('receive-rows.js', inject('programs')).href
)) as typeof import('../src/receive-rows.ts');

describe('a machine in C++ that delivers rows, under Wine', () => {
  let machine: ReturnType<typeof playMachine>;
  let objectsBefore: number;

  beforeAll(() => {
    // Wine takes the name of the account that runs it from here: tokens of this process are the machine's.
    process.env['WINEUSERNAME'] = 'SRV01$';
    machine = playMachine();
  });

  beforeEach(() => {
    machine.callBackAt(ImpLevel.Identify, AuthnLevel.PktPrivacy);
    machine.takeLog();
    objectsBefore = machine.liveObjects();
  });

  afterEach(async () => {
    while (machine.liveObjects() > objectsBefore) await sleep(5);
  });

  afterAll(() => {
    machine[Symbol.dispose]();
  });

  async function receive(expected: CallerRule, query = 'SELECT Name FROM Fixture_Row') {
    const rows: unknown[] = [];
    const refusals = new Set<string>();
    const patience = new AbortController();
    const ended = await receiveRows({
      namespace: '\\\\SRV01\\root\\fixture',
      query,
      expected,
      onRow: (row) => rows.push(row['Name']),
      onRefused(reason) {
        refusals.add(reason);
        patience.abort();
      },
      signal: patience.signal,
    }).then(
      () => 'complete',
      (error) => error.code,
    );
    return { ended, rows, refusals: [...refusals] };
  }

  test('rules 4.2: rows of the machine that was asked arrive, and the end of them', async () => {
    expect(await receive({ kind: 'machine', machine: 'CORP\\SRV01' })).toEqual({
      ended: 'complete',
      rows: ['Service00000', 'Service00001', 'Service00002'],
      refusals: [],
    });
    expect(machine.takeLog()).not.toContainEqual(expect.stringContaining('the sink answers'));
  });

  test('AC-4.6 another account is refused before anything of its call is looked at', async () => {
    const me = readToken(machine.native, TokenHandle.ofProcess(machine.native)).user;
    const expected = 'S-1-5-21-1-2-3-1103';
    expect(await receive({ kind: 'account', sid: expected })).toEqual({
      ended: 'WBEM_E_CALL_CANCELLED',
      rows: [],
      refusals: [`${me} is not ${expected}`],
    });
    expect(machine.takeLog()).toContain('the sink answers 0x80070005');
  });

  test.each([
    ['a level below packet integrity', ImpLevel.Identify, AuthnLevel.Connect, /PKT_INTEGRITY is needed/],
    ['no authentication at all', ImpLevel.Identify, AuthnLevel.None, /PKT_INTEGRITY is needed/],
    ['an anonymous caller', ImpLevel.Anonymous, AuthnLevel.PktPrivacy, /./],
  ])('rules 4.2: %s is refused, whoever calls', async (_name, token, level, reason) => {
    machine.callBackAt(token, level);
    const { ended, rows, refusals } = await receive({ kind: 'machine', machine: 'CORP\\SRV01' });
    expect([ended, rows, refusals]).toEqual(['WBEM_E_CALL_CANCELLED', [], [expect.stringMatching(reason)]]);
  });

  test('a machine without an account is never asked', async () => {
    expect(await receive({ kind: 'machine', machine: 'CORP\\SRV02' })).toMatchObject({
      ended: 'UNKNOWN_ACCOUNT',
    });
    expect(machine.takeLog()).toEqual([]);
  });

  test('a query that the machine refuses fails by name', async () => {
    const expected = { kind: 'machine', machine: 'CORP\\SRV01' } as const;
    expect(await receive(expected, 'SELECT NoSuchProperty FROM Fixture_Row')).toMatchObject({
      ended: 'WBEM_E_INVALID_QUERY',
    });
  });

  test("COM's own gate is set once, for the machine and the system", () => {
    using security = letMachineIn(machine.native, 'CORP\\SRV01');
    expect(security.status).toBe('initialized');
    expect(() => letMachineIn(machine.native, 'CORP\\SRV02')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ACCOUNT' }),
    );
  });
});
