import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, passwordIdentity } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REMOTE = '\\\\srv\\root\\cimv2';

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

const identityOf = (user: string) => passwordIdentity({ user, password: 'pass' });
const firstCall = () => fixture.takeJournal()[0];

describe('arguments', () => {
  test('AC-2.1 credentials for this machine are WBEM_E_LOCAL_CREDENTIALS, and no proxy', async () => {
    await expect(connect('root\\cimv2', { identity: identityOf('x') })).rejects.toMatchObject({
      code: 'WBEM_E_LOCAL_CREDENTIALS',
      hresult: 0x80041064,
      refusal: { gate: 'connect-arguments' },
    });
    expect(fixture.takeJournal()).toEqual([]);
    expect(fixture.liveProxies()).toBe(0);
  });

  test('AC-2.2 a domain in the user and one in the authority are WBEM_E_INVALID_PARAMETER', async () => {
    for (const user of ['DOM\\u', 'u@dom'])
      await expect(
        connect(REMOTE, { identity: identityOf(user), authority: 'NTLMDOMAIN:DOM' }),
      ).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER', hresult: 0x80041008 });
    expect(fixture.takeJournal()).toEqual([]);
  });

  test('AC-2.5 a wrong namespace is WBEM_E_INVALID_NAMESPACE, and no proxy', async () => {
    await expect(connect('root\\nowhere')).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_NAMESPACE',
      hresult: 0x8004100e,
    });
    expect(fixture.liveProxies()).toBe(0);
  });

  test('AC-2.7 a domain in the user goes with Kerberos, and one in the authority with a plain user', async () => {
    const kerberos = { identity: identityOf('DOM\\u'), authority: 'Kerberos:DOM\\srv' };
    await (await connect(REMOTE, kerberos))[Symbol.asyncDispose]();
    expect(firstCall()).toBe(`ConnectServer ${REMOTE} DOM\\u pass null 0x80 Kerberos:DOM\\srv`);
    const ntlm = { identity: identityOf('u'), authority: 'NTLMDOMAIN:DOM' };
    await (await connect(REMOTE, ntlm))[Symbol.asyncDispose]();
    expect(firstCall()).toBe(`ConnectServer ${REMOTE} u pass null 0x80 NTLMDOMAIN:DOM`);
  });

  test('AC-2.8 an authority for this machine is WBEM_E_LOCAL_CREDENTIALS', async () => {
    await expect(connect('root\\cimv2', { authority: 'Kerberos:srv' })).rejects.toMatchObject({
      code: 'WBEM_E_LOCAL_CREDENTIALS',
    });
    expect(fixture.takeJournal()).toEqual([]);
  });

  test('AC-8.4 an authority of a known kind is accepted in any case, another kind refused', async () => {
    await (await connect(REMOTE, { authority: 'kErBeRoS:DOM\\srv' }))[Symbol.asyncDispose]();
    expect(firstCall()).toContain('kErBeRoS:DOM\\srv');
    for (const authority of ['ldap:x', 'Kerberos:', 'srv'])
      await expect(connect(REMOTE, { authority })).rejects.toMatchObject({
        code: 'WBEM_E_INVALID_PARAMETER',
      });
  });

  test('a user principal name is passed as it is', async () => {
    await (await connect(REMOTE, { identity: identityOf('u@dom.local') }))[Symbol.asyncDispose]();
    expect(firstCall()).toContain(' u@dom.local pass ');
  });

  test('rules 2.2: an empty password is a password', async () => {
    using identity = passwordIdentity({ user: 'u', password: '' });
    await (await connect(REMOTE, { identity }))[Symbol.asyncDispose]();
    expect(firstCall()).toBe(`ConnectServer ${REMOTE} u  null 0x80 null`);
  });

  test('rules 2.2: a locale is passed on, or refused', async () => {
    await (await connect(REMOTE, { locale: 'MS_409' }))[Symbol.asyncDispose]();
    expect(firstCall()).toContain(' MS_409 ');
    await expect(connect(REMOTE, { locale: 'en-US' })).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_PARAMETER',
    });
  });

  test('AC-2.4 the server is given up after two minutes, unless that is not wanted', async () => {
    await (await connect(REMOTE))[Symbol.asyncDispose]();
    expect(firstCall()).toContain(' 0x80 ');
    await (await connect(REMOTE, { useMaxWait: false }))[Symbol.asyncDispose]();
    expect(firstCall()).toContain(' 0x0 ');
  });
});

describe('an attempt that takes too long', () => {
  test('a time limit ends it, and the proxy that still comes is released', async () => {
    fixture.turn('connect.delay', 300);
    await expect(connect(REMOTE, { timeoutMs: 30 })).rejects.toMatchObject({
      code: 'WBEM_E_TIMED_OUT',
      operation: 'connect',
    });
    await expect.poll(() => fixture.takeJournal().at(-1)).toContain('services released');
    expect(fixture.liveProxies()).toBe(0);
  });

  test('a signal ends it, and the proxy that still comes is released', async () => {
    fixture.turn('connect.delay', 300);
    const aborter = new AbortController();
    const attempt = connect(REMOTE, { signal: aborter.signal });
    setTimeout(() => aborter.abort(), 30);
    await expect(attempt).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
    await expect.poll(() => fixture.takeJournal().at(-1)).toContain('services released');
    expect(fixture.liveProxies()).toBe(0);
  });

  test('a call under way is left when its signal says so', async () => {
    await using connection = await connect(REMOTE);
    fixture.turn('call.delay', 10_000);
    const call = connection.services.deleteInstance('X=1', { timeoutMs: 50 });
    await expect(call).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
    await expect.poll(() => fixture.liveProxies()).toBe(1);
  });
});

describe('a server that has gone away', () => {
  const UNAVAILABLE = 0x800706ba;

  test('its failures come as they are, and `reconnect` opens the same connection anew', async () => {
    using identity = identityOf('LAB\\alice');
    await using lost = await connect(REMOTE, { identity, locale: 'MS_409', blanket: { authnLevel: 5 } });
    const first = firstCall();
    fixture.turn('connect.result', UNAVAILABLE);
    await expect(lost.reconnect()).rejects.toMatchObject({ code: 'RPC_S_SERVER_UNAVAILABLE' });
    fixture.turn('connect.result', 0);
    fixture.takeJournal();
    await using found = await lost.reconnect();
    expect(firstCall()).toBe(first);
    expect(found.services.queryBlanket().authnLevel).toBe(5);
    expect(found.security()).toHaveLength(2);
  });

  test('an identity that has been disposed does not come back', async () => {
    const identity = identityOf('LAB\\alice');
    await using lost = await connect(REMOTE, { identity });
    identity.dispose();
    await expect(lost.reconnect()).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  });
});
