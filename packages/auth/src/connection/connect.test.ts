import {
  type AsyncWbemServices,
  AuthnLevel,
  AuthnService,
  AuthzService,
  type Blanket,
  type BlanketRequest,
  type CimInstance,
  ComStatus,
  type EnumWbemClassObject,
  ImpLevel,
  type OpenRequest,
  type ProxyKind,
  type SecurableProxy,
  type Transport,
  type UnsecuredApartment,
  WbemError,
  type WbemServices,
} from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { connect } from './connect.ts';

/** A transport whose proxies record their blanket, and answer `weaken`ed. */
class FakeTransport implements Transport {
  readonly name = 'fake';
  readonly defaultBlanket: BlanketRequest = {
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
  };
  readonly disposed: string[] = [];
  readonly opened: OpenRequest[] = [];
  weaken: (kind: ProxyKind, blanket: Blanket) => Blanket = (_, blanket) => blanket;

  async open(request: OpenRequest): Promise<WbemServices> {
    this.opened.push(request);
    const enumerator = async () => this.#enumerator();
    return Object.assign(this.#proxy('services'), {
      namespace: request.namespace,
      execQuery: enumerator,
      createInstanceEnum: enumerator,
      openNamespace: () => this.open(request),
    }) as unknown as WbemServices;
  }

  #enumerator(): EnumWbemClassObject {
    const shape = { className: 'X', derivation: [], properties: [] };
    const left: CimInstance[] = [1, 2, 3].map((N) => ({
      kind: 'instance',
      shape,
      properties: { N },
      path: null,
    }));
    const next = async (count: number) => ({
      objects: left.splice(0, count),
      done: left.length === 0,
      status: 0,
    });
    const clone = async () => this.#enumerator();
    return Object.assign(this.#proxy('enumerator'), {
      next,
      clone,
      status: 0,
    }) as unknown as EnumWbemClassObject;
  }

  #proxy(proxyKind: ProxyKind): SecurableProxy & AsyncDisposable {
    let asked: BlanketRequest = {};
    return {
      proxyKind,
      setBlanket: (request) => {
        asked = request;
      },
      queryBlanket: () =>
        this.weaken(proxyKind, {
          authnService: asked.authnService ?? AuthnService.WinNT,
          authzService: AuthzService.None,
          principal: null,
          authnLevel: asked.authnLevel ?? AuthnLevel.Connect,
          impLevel: asked.impLevel ?? ImpLevel.Identify,
          capabilities: 0,
        }),
      [Symbol.asyncDispose]: async () => {
        this.disposed.push(proxyKind);
      },
    };
  }
}

test('the services and every enumerator carry the blanket, and the list shows them while they live', async () => {
  const transport = new FakeTransport();
  const connection = await connect('root\\cimv2', { transport });
  const rows = await connection.services.execQuery('SELECT * FROM X');
  expect(connection.security()).toMatchObject([
    { proxyKind: 'services', label: 'root\\cimv2', inForce: { authnLevel: 6, impLevel: 3 } },
    { proxyKind: 'enumerator', label: 'SELECT * FROM X', inForce: { authnLevel: 6, impLevel: 3 } },
  ]);
  await rows[Symbol.asyncDispose]();
  expect(connection.security()).toHaveLength(1);
  await connection[Symbol.asyncDispose]();
  expect(connection.security()).toEqual([]);
});

test('a sub-namespace and a clone are secured too', async () => {
  const connection = await connect('root', { transport: new FakeTransport() });
  await connection.services.openNamespace('cimv2');
  const rows = await connection.services.createInstanceEnum('X');
  await rows.clone();
  expect(connection.security().map((proxy) => proxy.inForce?.authnLevel)).toEqual([6, 6, 6, 6]);
});

test('query gives plain rows across batches and releases the enumerator', async () => {
  const transport = new FakeTransport();
  const connection = await connect('root', { transport });
  const rows: unknown[] = [];
  for await (const row of connection.query('SELECT N FROM X', { batch: 2 })) rows.push(row);
  expect(rows).toEqual([{ N: 1 }, { N: 2 }, { N: 3 }]);
  expect(transport.disposed).toEqual(['enumerator']);
});

test('a query left early releases the enumerator', async () => {
  const transport = new FakeTransport();
  const connection = await connect('root', { transport });
  for await (const _ of connection.query('SELECT N FROM X')) break;
  expect(transport.disposed).toEqual(['enumerator']);
});

test.each(['services', 'enumerator'] as const)(
  'a weaker %s proxy fails closed and is released',
  async (weak) => {
    const transport = new FakeTransport();
    transport.weaken = (kind, blanket) =>
      kind === weak ? { ...blanket, authnLevel: AuthnLevel.Pkt } : blanket;
    const use = async () => (await connect('root', { transport })).services.execQuery('SELECT * FROM X');
    await expect(use()).rejects.toMatchObject({
      code: 'BLANKET_TOO_WEAK',
      message: expect.stringContaining(weak),
    });
    expect(transport.disposed).toEqual([weak]);
  },
);

test('a proxy that cannot tell its blanket fails closed, unless the dangerous door is opened by name', async () => {
  const transport = new FakeTransport();
  transport.weaken = () => {
    throw new WbemError(ComStatus.E_NOINTERFACE);
  };
  await expect(connect('root', { transport })).rejects.toMatchObject({ code: 'BLANKET_UNPROVEN' });
  const connection = await connect('root', { transport, dangerouslyAllowUnproven: true });
  expect(connection.security()).toMatchObject([{ inForce: null }]);
});

test('a blanket that breaks a rule is refused before anything is opened', async () => {
  const transport = new FakeTransport();
  const blanket = { authnService: AuthnService.WinNT, authnLevel: AuthnLevel.None };
  await expect(connect('root', { transport, blanket })).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  expect(transport.opened).toEqual([]);
});

test('a changed blanket is listed, and the former one put back when the new one is not in force', async () => {
  const transport = new FakeTransport();
  const connection = await connect('root', { transport });
  connection.services.setBlanket({ authnLevel: AuthnLevel.PktIntegrity });
  expect(connection.security()).toMatchObject([{ asked: { authnLevel: 5 }, inForce: { authnLevel: 5 } }]);
  transport.weaken = (_, blanket) => ({ ...blanket, authnLevel: Math.min(blanket.authnLevel, 5) });
  expect(() => connection.services.setBlanket({ authnLevel: AuthnLevel.PktPrivacy })).toThrow(
    expect.objectContaining({ code: 'BLANKET_TOO_WEAK' }),
  );
  expect(connection.security()).toMatchObject([{ asked: { authnLevel: 5 }, inForce: { authnLevel: 5 } }]);
});

test('rules 6.1: a blanket that breaks a rule is refused, and changes nothing', async () => {
  const connection = await connect('root', { transport: new FakeTransport() });
  const rows = await connection.services.execQuery('SELECT * FROM X');
  expect(() => rows.setBlanket({ capabilities: 0x60 })).toThrow(
    expect.objectContaining({ code: 'E_INVALIDARG' }),
  );
  expect(rows.queryBlanket().authnLevel).toBe(AuthnLevel.PktPrivacy);
});

test('a service that the policy does not allow is refused and released', async () => {
  const transport = new FakeTransport();
  transport.weaken = (_, blanket) => ({ ...blanket, authnService: AuthnService.WinNT });
  await expect(connect('root', { transport, allow: ['kerberos'] })).rejects.toMatchObject({
    code: 'AUTHN_SERVICE_NOT_ALLOWED',
  });
  expect(transport.disposed).toEqual(['services']);
});

test('arguments that break a rule never reach the transport', async () => {
  const transport = new FakeTransport();
  await expect(connect('root', { transport, authority: 'Kerberos:srv' })).rejects.toMatchObject({
    code: 'WBEM_E_LOCAL_CREDENTIALS',
  });
  expect(transport.opened).toEqual([]);
});

test('`reconnect` opens the same again, and leaves the first connection as it is', async () => {
  const transport = new FakeTransport();
  const connection = await connect('root', { transport, locale: 'MS_409' });
  const second = await connection.reconnect();
  expect(transport.opened[1]).toEqual(transport.opened[0]);
  expect(transport.disposed).toEqual([]);
  await second[Symbol.asyncDispose]();
  expect(connection.security()).toHaveLength(1);
});

test('a transport that cannot copy proxies says so', async () => {
  const connection = await connect('root', { transport: new FakeTransport() });
  await expect(connection.services.copyProxy()).rejects.toMatchObject({ code: 'WBEM_E_NOT_SUPPORTED' });
});

test.runIf(process.platform !== 'win32')('off Windows a transport has to be named', async () => {
  await expect(connect('root')).rejects.toMatchObject({ code: 'TRANSPORT_REQUIRED' });
});

test('asynchronous calls go through the proxy that is proven, where the transport has them', async () => {
  const transport = new FakeTransport();
  const calls = {} as AsyncWbemServices;
  const { open } = transport;
  transport.open = async (request) => Object.assign(await open.call(transport, request), { async: calls });
  expect((await connect('root\\cimv2', { transport })).services.async).toBe(calls);
  expect((await connect('root\\cimv2', { transport: new FakeTransport() })).services.async).toBeUndefined();
});

test("the apartment for stubs is the transport's", async () => {
  const apartment = {} as UnsecuredApartment;
  const transport = Object.assign(new FakeTransport(), { unsecuredApartment: async () => apartment });
  expect(await (await connect('root\\cimv2', { transport })).unsecuredApartment()).toBe(apartment);
});

test('AC-3.11 without an apartment there is no stub, and none that checks nobody instead', async () => {
  const connection = await connect('root\\cimv2', { transport: new FakeTransport() });
  await expect(connection.unsecuredApartment()).rejects.toMatchObject({ code: 'E_NOINTERFACE' });
});
