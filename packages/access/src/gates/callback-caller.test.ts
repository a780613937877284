import { AuthnLevel } from '@wmisec/wbem';
import { describe, expect, test } from 'vitest';
import type { Sid } from '../sid/sid.ts';
import { callbackCaller } from './callback-caller.ts';
import { principal } from './testing.ts';

const SYSTEM: Sid = 'S-1-5-18';
const service = principal({ name: 'HOST$', token: { user: SYSTEM, groups: [] } });
const forger = principal({ name: 'CORP\\mallory', token: { user: 'S-1-5-21-1-2-3-1001', groups: [SYSTEM] } });
const checking = { checks: true, origin: SYSTEM };

const asked = (caller: typeof service, state: Parameters<typeof callbackCaller>[2]) =>
  callbackCaller(caller, {}, state);

describe('rules 3.5: only the account that the sink was given to may call it', () => {
  test('it may', () => {
    expect(asked(service, checking).passed).toBe(true);
    expect(asked({ ...service, authnLevel: AuthnLevel.Connect }, checking).passed).toBe(true);
  });

  test("another account is refused by DCOM's word, even with the origin among its groups", () => {
    expect(asked(forger, checking)).toMatchObject({
      status: 0x80070005,
      refusal: { gate: 'callback-caller', missing: [`the identity ${SYSTEM}`] },
    });
  });

  test("a sink that was given to nobody is nobody's to call", () => {
    expect(asked(service, { checks: true, origin: null })).toMatchObject({ status: 0x80070005 });
  });

  test('without a check everybody may', () => {
    const unidentified = { ...forger, authnLevel: AuthnLevel.None };
    expect(asked(unidentified, { checks: false, origin: null }).passed).toBe(true);
  });
});

test.each([AuthnLevel.Default, AuthnLevel.None, Number.NaN as AuthnLevel])(
  'K8: at level %d nobody is known, the right account neither',
  (authnLevel) => {
    expect(asked({ ...service, authnLevel }, checking)).toMatchObject({
      status: 0x80070005,
      refusal: { missing: ['RPC_C_AUTHN_LEVEL_CONNECT'] },
    });
  },
);
