import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Handlers } from './handlers/handlers.ts';
import { serve } from './handlers/serve.ts';
import type { GivenRow, Keys, Row } from './schema/row-types.ts';
import { caller, door, doors, requestOf, rowsOf } from './testing.ts';

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
