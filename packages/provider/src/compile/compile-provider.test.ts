import { WbemError, WbemStatus } from '@wmisec/wbem';
import { describe, expect, test, vi } from 'vitest';
import type { EnumerateCall, ProviderCall } from '../handlers/provider-call.ts';
import { administrator, caller, doors, requestOf, rowsOf } from '../testing.ts';

describe('rules 4.6: what callers get', () => {
  const OPEN = { security: 'O:BAG:BAD:(A;;0x53;;;WD)' };
  const onlyFor = (sid: string) => ({ descriptor: `O:BAG:BAD:(A;;0x1;;;${sid})`, desired: 0x1 });

  test('AC-4.5 rows that are denied are left out, and the end says so with a success', async () => {
    const provider = doors(
      {
        *enumerate(call) {
          for (const Id of [1, 2, 3]) if (Id !== 2 || call.admits(onlyFor('SY'))) yield { Id };
        },
      },
      OPEN,
    );
    const { rows, error } = await rowsOf(provider, 'Acme_Door');
    expect(rows.map(({ Id }) => Id)).toEqual([1, 3]);
    expect(error).toMatchObject({ hresult: 0x0004_0009 });
  });

  test('rows that are missing for another reason end with WBEM_S_PARTIAL_RESULTS', async () => {
    const provider = doors(
      {
        *enumerate(call) {
          yield { Id: 1 };
          call.incomplete();
        },
      },
      OPEN,
    );
    expect((await rowsOf(provider, 'Acme_Door')).error).toMatchObject({ code: 'WBEM_S_PARTIAL_RESULTS' });
  });

  test('AC-4.7 a property without its privilege is null, also where the host does not look', async () => {
    const provider = doors(
      { enumerate: () => [{ Id: 1, Code: '1234' }], get: () => ({ Id: 1, Code: '1234' }) },
      OPEN,
    );
    const user = requestOf(caller());
    expect((await rowsOf(provider, 'Acme_Door', user)).rows).toEqual([{ Id: 1, Code: null }]);
    expect(await provider.getInstance!('Acme_Door', { Id: 1 }, user)).toEqual({ Id: 1, Code: null });
  });

  test('a condition is hidden from a handler whose caller may not read all of the row', async () => {
    const seen: unknown[] = [];
    const see = ({ where }: EnumerateCall) => {
      seen.push(where);
      return [];
    };
    const provider = doors({ enumerate: see }, OPEN);
    const where = { kind: 'isNull', property: ['Code'], negated: false } as const;
    const privileged = {
      ...administrator,
      token: { ...administrator.token!, privileges: ['SeSecurityPrivilege'] },
    };
    for (const who of [administrator, privileged])
      await rowsOf(provider, 'Acme_Door', requestOf(who, { where }));
    expect(seen).toEqual([null, where]);
  });

  test('a method without its privilege is not called', async () => {
    const Unlock = vi.fn();
    const provider = doors({ methods: { Unlock } }, OPEN);
    const called = provider.execMethod!('Acme_Door', { Id: 1 }, 'Unlock', {}, requestOf());
    await expect(called).rejects.toMatchObject({ code: 'WBEM_E_PRIVILEGE_NOT_HELD' });
    expect(Unlock).not.toHaveBeenCalled();
  });

  test.each([
    [new WbemError(WbemStatus.WBEM_E_NOT_FOUND, 'no door 7'), 'WBEM_E_NOT_FOUND', 'no door 7'],
    [Object.assign(new Error('x'), { code: 'EACCES' }), 'WBEM_E_ACCESS_DENIED', 'failed in'],
    [Object.assign(new Error('x'), { code: 'ENOENT' }), 'WBEM_E_NOT_FOUND', 'failed in'],
    [new DOMException('x', 'AbortError'), 'WBEM_E_CALL_CANCELLED', 'failed in'],
    [new TypeError('the secret is 1234'), 'WBEM_E_PROVIDER_FAILURE', 'failed in'],
    ['the secret is 1234', 'WBEM_E_PROVIDER_FAILURE', 'failed in'],
    [null, 'WBEM_E_PROVIDER_FAILURE', 'failed in'],
  ])('what a handler throws is a status with its __ExtendedStatus: %o', async (thrown, code, words) => {
    const get = () => {
      throw thrown;
    };
    const error = await doors({ get }, OPEN).getInstance!('Acme_Door', { Id: 1 }, requestOf()).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(words),
      extendedStatus: { ProviderName: 'Doors', Operation: 'GetObject', ParameterInfo: 'Acme_Door' },
    });
    expect(JSON.stringify([error, (error as WbemError).extendedStatus])).not.toContain('1234');
  });

  test('what a provider does not do is WBEM_E_PROVIDER_NOT_CAPABLE', async () => {
    const provider = doors({}, OPEN);
    const request = requestOf();
    for (const call of [
      provider.putInstance!('Acme_Door', { Id: 1 }, request),
      provider.deleteInstance!('Acme_Door', { Id: 1 }, request),
      provider.getInstance!('Acme_Door', { Id: 1 }, request),
    ])
      await expect(call).rejects.toMatchObject({ code: 'WBEM_E_PROVIDER_NOT_CAPABLE' });
    for (const method of ['Ring', 'toString'])
      await expect(provider.execMethod!('Acme_Door', null, method, {}, request)).rejects.toMatchObject({
        code: 'WBEM_E_METHOD_NOT_IMPLEMENTED',
      });
  });

  test('an instance is found among the rows where there is no get, its key in any form that fits', async () => {
    const provider = doors({ enumerate: async () => [[{ Id: 1 }], { Id: 2, Opened: 5 }] }, OPEN);
    expect(await provider.getInstance!('Acme_Door', { Id: 2 }, requestOf())).toMatchObject({
      Id: 2,
      Opened: 5,
    });
    expect(await provider.getInstance!('Acme_Door', { Id: 3 }, requestOf())).toBeNull();
  });
});

describe('properties that handlers fill in', () => {
  const OPEN = { security: 'O:BAG:BAD:(A;;0x1;;;WD)' };

  test('are filled in only where somebody reads them, from the row', async () => {
    const Kind = vi.fn(({ Id }: { Id: number }) => `kind ${Id}`);
    const provider = doors({ enumerate: () => [{ Id: 1 }, { Id: 2 }], properties: { Kind } }, OPEN);
    const narrow = await rowsOf(
      provider,
      'Acme_Door',
      requestOf(administrator, { properties: new Set(['Id']) }),
    );
    expect(narrow.rows).toMatchObject([{ Id: 1 }, { Id: 2 }]);
    expect(Kind).not.toHaveBeenCalled();
    expect((await rowsOf(provider, 'Acme_Door')).rows).toMatchObject([
      { Kind: 'kind 1' },
      { Kind: 'kind 2' },
    ]);
    expect(await provider.getInstance!('Acme_Door', { Id: 2 }, requestOf())).toMatchObject({
      Kind: 'kind 2',
    });
  });

  test('AC-4.7 are null to a caller whom their handler denies, and not made for one who may not see them', async () => {
    const Code = vi.fn(() => '1234');
    const Opened = vi.fn((_row: unknown, { caller: who }: ProviderCall) => {
      who.require('providerWrite');
      return 1n;
    });
    const provider = doors({ get: () => ({ Id: 1 }), properties: { Code, Opened } }, OPEN);
    const found = await provider.getInstance!('Acme_Door', { Id: 1 }, requestOf(caller()));
    expect(found).toEqual({ Id: 1, Code: null, Opened: null });
    expect(Code).not.toHaveBeenCalled();
  });

  test('fail the call when their handler fails', async () => {
    const Kind = () => {
      throw new Error('broken');
    };
    const provider = doors({ get: () => ({ Id: 1 }), properties: { Kind } }, OPEN);
    await expect(provider.getInstance!('Acme_Door', { Id: 1 }, requestOf())).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_FAILURE',
    });
  });
});
