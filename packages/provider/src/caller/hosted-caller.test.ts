import { ImpLevel } from '@wmisec/wbem';
import { describe, expect, test, vi } from 'vitest';
import type { ProviderSpec } from '../define-provider.ts';
import type { ProviderCall } from '../handlers/provider-call.ts';
import { administrator, doors, hidden, requestOf } from '../testing.ts';

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

  test('rights and privileges in one demand are refused, as one of them would be passed over', async () => {
    const nothing = { descriptor: 'O:BAG:BAD:', desired: 0x4, privileges: [] };
    await expect(ask(({ caller: who }) => who.require(nothing))).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_FAILURE',
      cause: { code: 'INVALID_ARGUMENT' },
    });
  });

  test('rules 4.5: a caller who came at Identify can be checked, and is not impersonated', async () => {
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
