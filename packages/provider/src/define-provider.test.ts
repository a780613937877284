import { ImpLevel, WbemError, WbemStatus } from '@wmisec/wbem';
import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import { defineProvider, type ProviderSpec } from './define-provider.ts';
import type { Handlers } from './handlers/handlers.ts';
import type { ProviderCall } from './handlers/provider-call.ts';
import { serve } from './handlers/serve.ts';
import { classSchema } from './schema/class-schema.ts';
import type { GivenRow, Keys, Row } from './schema/row-types.ts';
import { administrator, caller, hidden, requestOf, rowsOf } from './testing.ts';

const door = classSchema({
  name: 'Acme_Door',
  properties: {
    Id: { type: 'uint32', key: true },
    Opened: 'uint64',
    Tags: 'string[]',
    Kind: { type: 'string', notNull: true },
    Code: { type: 'string', privileges: ['SeSecurityPrivilege'] },
  },
  methods: {
    Lock: { in: { Code: 'string' }, out: { At: 'datetime' }, returns: 'uint32' },
    Ring: { static: true },
    Unlock: { privileges: ['SeSecurityPrivilege'] },
  },
});

function doors(handlers: Handlers<typeof door>, changes: Partial<ProviderSpec> = {}) {
  return defineProvider({ name: 'Doors', classes: [serve(door, handlers)], ...changes }).provider;
}

test('a schema types rows, keys and results', () => {
  expectTypeOf<Keys<typeof door>>().toEqualTypeOf<{ readonly Id: number }>();
  expectTypeOf<Row<typeof door>['Opened']>().toEqualTypeOf<bigint | null>();
  expectTypeOf<Row<typeof door>['Tags']>().toEqualTypeOf<readonly string[] | null>();
  expectTypeOf<Row<typeof door>['Kind']>().toEqualTypeOf<string>();
  expectTypeOf<{ Id: 1; Opened: 5 }>().toExtend<GivenRow<typeof door>>();
  expectTypeOf<{ Opened: 5 }>().not.toExtend<GivenRow<typeof door>>();
  serve(door, {
    // @ts-expect-error a key cannot be text
    get: () => ({ Id: 'one' }),
    methods: {
      Lock({ Code }, { keys }) {
        expectTypeOf(Code).toEqualTypeOf<string | null>();
        expectTypeOf(keys).toEqualTypeOf<{ readonly Id: number }>();
        return { ReturnValue: 0, At: new Date(0) };
      },
      Ring(_params, { keys }) {
        expectTypeOf(keys).toEqualTypeOf<null>();
      },
      // @ts-expect-error the class has no such method
      Knock: () => {},
    },
  });
});

describe('least privilege', () => {
  const handlers: Handlers<typeof door> = {
    enumerate: () => [{ Id: 1, Kind: 'front' }],
    put: () => {},
    delete: () => {},
    methods: { Ring: () => {} },
  };

  test('a provider that says nothing serves administrators, and nobody else', async () => {
    const provider = doors(handlers);
    expect((await rowsOf(provider, 'Acme_Door')).rows).toHaveLength(1);
    const user = requestOf(caller());
    const { rows, error } = await rowsOf(provider, 'Acme_Door', user);
    expect([rows, error]).toEqual([[], expect.objectContaining({ code: 'WBEM_E_ACCESS_DENIED' })]);
    for (const call of [
      provider.getInstance!('Acme_Door', { Id: 1 }, user),
      provider.putInstance!('Acme_Door', { Id: 1 }, user),
      provider.deleteInstance!('Acme_Door', { Id: 1 }, user),
      provider.execMethod!('Acme_Door', null, 'Ring', {}, user),
    ])
      await expect(call).rejects.toMatchObject({
        code: 'WBEM_E_ACCESS_DENIED',
        refusal: { gate: 'provider', fix: expect.stringContaining('CORP\\ann') },
      });
  });

  test('each right opens what it is for', async () => {
    const provider = doors(handlers, { security: 'O:BAG:BAD:(A;;0x1;;;AU)' });
    const user = requestOf(caller());
    expect((await rowsOf(provider, 'Acme_Door', user)).rows).toHaveLength(1);
    await expect(provider.putInstance!('Acme_Door', { Id: 1 }, user)).rejects.toMatchObject({
      refusal: { missing: ['WBEM_WRITE_PROVIDER'] },
    });
  });

  test('a class has a policy of its own where it says so', async () => {
    const provider = doors({ ...handlers, security: 'O:BAG:BAD:(A;;0x1;;;AU)' });
    expect((await rowsOf(provider, 'Acme_Door', requestOf(caller()))).rows).toHaveLength(1);
  });

  test.each(['D:(A;;0x1;;;BA)', 'nonsense'])(
    'a policy that cannot be checked defines nothing: %s',
    (security) => {
      expect(() => doors(handlers, { security })).toThrow(/descriptor|SDDL/);
    },
  );
});

describe('the caller of a handler', () => {
  async function ask<T>(
    question: (call: ProviderCall) => T,
    who = administrator,
    changes: Partial<ProviderSpec> = {},
  ): Promise<T> {
    let answer: T | undefined;
    const get = (_keys: unknown, call: ProviderCall) => {
      answer = question(call);
      return null;
    };
    await doors({ get }, { security: 'O:BAG:BAD:(A;;0x1;;;WD)', ...changes }).getInstance!(
      'Acme_Door',
      { Id: 1 },
      requestOf(who),
    );
    return answer!;
  }

  test('has the facts of the call', async () => {
    const facts = await ask(({ caller: { sid, name, remote, impLevel, isKnown, privileges } }) => ({
      ...{ sid, name, remote, impLevel, isKnown, privileges },
    }));
    expect(facts).toEqual({
      sid: 'S-1-5-21-1-2-3-1001',
      name: 'CORP\\ann',
      remote: false,
      impLevel: 3,
      isKnown: true,
      privileges: [],
    });
  });

  test('a check explains itself with the entry that decided', async () => {
    const demand = { descriptor: 'O:BAG:BAD:(D;;0x4;;;AU)(A;;0x4;;;WD)', desired: 0x4 };
    expect(await ask(({ caller: who }) => who.check(demand))).toMatchObject({
      passed: false,
      refusal: { ace: { index: 0, sddl: '(D;;LC;;;AU)' } },
      explanation: { granted: false, deciding: { index: 0 } },
    });
  });

  test('rights go by the words of namespaces, and another word is an error', async () => {
    expect((await ask(({ caller: who }) => who.check('enable'))).passed).toBe(true);
    await expect(ask(({ caller: who }) => who.require('magic'))).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_FAILURE',
    });
  });

  test('AC-4.1 a caller who came at Identify is told from others, and not impersonated', async () => {
    const impersonate = vi.fn();
    const identify = { ...administrator, impLevel: ImpLevel.Identify, impersonate };
    await expect(
      ask(({ caller: who }) => who.impersonate(() => {}), identify, { impersonates: true }),
    ).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED', refusal: { gate: 'impersonation-level' } });
    expect(impersonate).not.toHaveBeenCalled();
  });

  test('without a token of the caller impersonating fails by name', async () => {
    const error = await ask(
      ({ caller: who }) => {
        try {
          return who.impersonate(() => null);
        } catch (cause) {
          return cause;
        }
      },
      hidden,
      { impersonates: true },
    );
    expect(error).toMatchObject({ code: 'NO_CALLER_TOKEN' });
  });

  test('a definition that does not say so never impersonates', async () => {
    const error = await ask(({ caller: who }) => {
      try {
        return who.impersonate(() => null);
      } catch (cause) {
        return cause;
      }
    });
    expect(error).toMatchObject({ code: 'NOT_IMPERSONATING' });
  });

  test('of a hidden caller nothing is believed but what Everyone may', async () => {
    const may = (sddl: string) =>
      ask(({ caller: who }) => who.check({ descriptor: sddl, desired: 0x1 }).passed, hidden);
    expect(await may('O:BAG:BAD:(A;;0x1;;;WD)')).toBe(true);
    expect(await may('O:BAG:BAD:(A;;0x1;;;SY)')).toBe(false);
    expect(await may('O:BAG:BAD:(D;;0x1;;;BG)(A;;0x1;;;WD)')).toBe(false);
    const privileged = await ask(
      ({ caller: who }) => who.check({ privileges: ['SeDebugPrivilege'] }),
      hidden,
    );
    expect(privileged).toMatchObject({
      passed: false,
      refusal: { fix: expect.stringContaining('FoldIdentity') },
    });
  });
});

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
    const provider = doors({ enumerate: ({ where }) => (seen.push(where), []) }, OPEN);
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
    await expect(provider.execMethod!('Acme_Door', null, 'Ring', {}, request)).rejects.toMatchObject({
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
