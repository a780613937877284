import { AuthnLevel, ImpLevel } from '@wmisec/wbem';
import { describe, expect, test } from 'vitest';
import { allow, BA, deny, sd, token } from '../check/testing.ts';
import { comInitialised } from './com-initialised.ts';
import { type ConnectArguments, connectArguments } from './connect-arguments.ts';
import { ComRight, type DcomState, dcomAccess } from './dcom-access.ts';
import { PASSED } from './gate.ts';
import { impersonationLevel } from './impersonation-level.ts';
import { namespaceExists } from './namespace-exists.ts';
import type { Principal } from './principal.ts';
import { providerAccess } from './provider-access.ts';
import { requiresEncryption } from './requires-encryption.ts';
import { requirePassed, runGates } from './run-gates.ts';
import { principal } from './testing.ts';

const refusal = (status: number, gate: string) => ({ passed: false, status, refusal: { gate } });

test('rules 0.3: gates are asked in order and the first refusal wins', () => {
  const request = { namespace: 'root\\nowhere' };
  const gates = [comInitialised, namespaceExists, impersonationLevel];
  const identify = principal({ impLevel: ImpLevel.Identify });
  const state = (comInitialised: boolean, namespaceExists: boolean) => ({ comInitialised, namespaceExists });
  expect(runGates(gates, identify, request, state(false, false))).toMatchObject(
    refusal(0x800401f0, 'com-initialised'),
  );
  expect(runGates(gates, identify, request, state(true, false))).toMatchObject(
    refusal(0x8004100e, 'namespace-exists'),
  );
  expect(runGates(gates, identify, request, state(true, true))).toMatchObject(
    refusal(0x80041003, 'impersonation-level'),
  );
  expect(runGates(gates, principal(), request, state(true, true))).toBe(PASSED);
});

test('what has passed raises nothing', () => {
  expect(() => requirePassed(PASSED)).not.toThrow();
});

describe('rules 0.3, layer 6: the impersonation level', () => {
  test.each<[ImpLevel, boolean]>([
    [ImpLevel.Default, false],
    [ImpLevel.Anonymous, false],
    [ImpLevel.Identify, false],
    [ImpLevel.Impersonate, true],
    [ImpLevel.Delegate, true],
  ])('%d: %s', (impLevel, passed) => {
    expect(impersonationLevel(principal({ impLevel })).passed).toBe(passed);
  });
});

describe('AC-8.3 RequiresEncryption looks at the level at which the call arrives', () => {
  test.each<[AuthnLevel, boolean]>([
    [AuthnLevel.Default, false],
    [AuthnLevel.Pkt, false],
    [AuthnLevel.PktIntegrity, false],
    [AuthnLevel.PktPrivacy, true],
  ])('%d: %s', (authnLevel, passed) => {
    const caller = principal({ authnLevel, remote: true });
    expect(requiresEncryption(caller, {}, { requiresEncryption: true }).passed).toBe(passed);
    expect(requiresEncryption(caller, {}, { requiresEncryption: false }).passed).toBe(true);
  });
});

describe('rules 8.2: DCOM', () => {
  const { COM_RIGHTS_EXECUTE, COM_RIGHTS_EXECUTE_REMOTE, COM_RIGHTS_ACTIVATE_REMOTE } = ComRight;
  const remoteAdmin = principal({ token: token(BA), remote: true });
  const state = (changes: Partial<DcomState> = {}): DcomState => ({
    accessDescriptors: [sd(BA, allow(COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_REMOTE, BA))],
    launchDescriptors: [sd(BA, allow(COM_RIGHTS_EXECUTE | COM_RIGHTS_ACTIVATE_REMOTE, BA))],
    minimumAuthnLevel: AuthnLevel.Connect,
    ...changes,
  });
  const call = (caller: Principal, s = state()) => dcomAccess(caller, { dcom: 'call' }, s);

  test('AC-8.2 without remote activation the caller gets E_ACCESSDENIED', () => {
    const caller = principal({ remote: true });
    expect(dcomAccess(caller, { dcom: 'activation' }, state())).toMatchObject({
      status: 0x80070005,
      refusal: {
        gate: 'dcom-access',
        missing: ['COM_RIGHTS_EXECUTE', 'COM_RIGHTS_ACTIVATE_REMOTE'],
      },
    });
    expect(dcomAccess(remoteAdmin, { dcom: 'activation' }, state()).passed).toBe(true);
  });

  test('local and remote are different rights', () => {
    expect(call(remoteAdmin).passed).toBe(true);
    expect(call({ ...remoteAdmin, remote: false }).passed).toBe(false);
  });

  test('every descriptor has to let the caller in: limits bind permissions', () => {
    const limited = state({ accessDescriptors: [...state().accessDescriptors, sd(BA)] });
    expect(call(remoteAdmin, limited).passed).toBe(false);
  });

  test('an ACL that knows COM_RIGHTS_EXECUTE only means all five by it', () => {
    const old = state({ accessDescriptors: [sd(BA, allow(COM_RIGHTS_EXECUTE, BA))] });
    expect(call(remoteAdmin, old).passed).toBe(true);
    expect(call(principal({ remote: true }), old).passed).toBe(false);
  });

  test('a refusal names the rights that are missing, and the entry that denies them', () => {
    const denying = sd(BA, deny(COM_RIGHTS_EXECUTE_REMOTE, BA), allow(COM_RIGHTS_EXECUTE, BA));
    expect(call(remoteAdmin, state({ accessDescriptors: [denying] }))).toMatchObject({
      refusal: { missing: ['COM_RIGHTS_EXECUTE_REMOTE'], ace: { index: 0, sddl: '(D;;LC;;;BA)' } },
    });
  });

  test('a level below the minimum is refused', () => {
    const caller = { ...remoteAdmin, authnLevel: AuthnLevel.None };
    expect(call(caller)).toMatchObject({
      status: 0x80070005,
      refusal: { missing: ['RPC_C_AUTHN_LEVEL_CONNECT'] },
    });
  });
});

describe('rules 2.2: the arguments of ConnectServer', () => {
  const nothing: ConnectArguments = {
    user: null,
    hasPassword: false,
    authority: null,
    locale: null,
    flags: 0,
  };
  const ask = (remote: boolean, changes: Partial<ConnectArguments>) =>
    connectArguments(principal({ remote }), { ...nothing, ...changes });

  test.each<Partial<ConnectArguments>>([
    { user: 'ann' },
    { hasPassword: true },
    { authority: 'Kerberos:HOST' },
    { user: '' },
  ])('a local connection takes no credentials: %j', (changes) => {
    expect(ask(false, changes)).toMatchObject(refusal(0x80041064, 'connect-arguments'));
  });

  test.each<Partial<ConnectArguments>>([
    { user: '' },
    { authority: 'ldap:x' },
    { authority: 'NTLMDOMAIN:CORP\0x' },
    { authority: 'Kerberos:' },
    { authority: 'NTLMDOMAIN:CORP', user: 'CORP\\ann' },
    { authority: 'ntlmdomain:CORP', user: 'ann@corp' },
    { locale: 'en-US' },
    { flags: 0x1 },
  ])('a remote connection refuses %j', (changes) => {
    expect(ask(true, changes)).toMatchObject(refusal(0x80041008, 'connect-arguments'));
  });

  test.each<Partial<ConnectArguments>>([
    {},
    { user: 'CORP\\ann', authority: 'kErBeRoS:CORP\\srv' },
    { user: 'ann', authority: 'NTLMDOMAIN:CORP' },
    { user: 'ann', authority: '', locale: 'MS_409', flags: 0x80 },
  ])('AC-8.4 a remote connection takes %j', (changes) => {
    expect(ask(true, changes).passed).toBe(true);
  });
});

describe('rules 0.3, layer 9: what a provider checks', () => {
  const rebooter = principal({
    token: { ...token(), privileges: [{ name: 'SeShutdownPrivilege', enabled: false }] },
  });

  test('a privilege has to be enabled, not only held', () => {
    const request = { privileges: ['SeShutdownPrivilege'] } as const;
    expect(providerAccess(rebooter, request, {})).toMatchObject({
      status: 0x80041062,
      refusal: { gate: 'provider', missing: ['SeShutdownPrivilege'] },
    });
    const enabled = principal({ token: { ...token(), privileges: ['SeShutdownPrivilege'] } });
    expect(providerAccess(enabled, request, {}).passed).toBe(true);
  });

  test('the descriptor of the provider has to grant what is desired', () => {
    const state = { providerDescriptor: sd(BA, allow(0x1, BA)) };
    expect(providerAccess(principal(), { desired: 0x1 }, state)).toMatchObject(
      refusal(0x80041003, 'provider'),
    );
    expect(providerAccess(principal({ token: token(BA) }), { desired: 0x1 }, state).passed).toBe(true);
    expect(providerAccess(principal(), {}, state).passed).toBe(true);
  });
});
