import { AuthnLevel, AuthnService, type CimInstance, type WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { serviceAccount } from '../service/service-account.ts';
import { open, openRequest, person } from '../testing.ts';
import { AsyncCalls } from './async-calls.ts';
import { givingObject } from './async-work.ts';
import { CallbackChannel } from './callback-channel.ts';
import type { CallbackSettings } from './callback-settings.ts';
import type { EmbeddedStub } from './embedded-stub.ts';
import { completed } from './sink-status.ts';
import { asyncOf, gatekeeper, RecordingSink, turns } from './testing.ts';

const ALARMS = 'SELECT * FROM Acme_Alarm';
const REFUSED = { code: 'E_ACCESSDENIED', hresult: 0x80070005, refusal: { gate: 'callback-caller' } };

/** Somebody who has found the stub, and calls it under an account of their own. */
const forger = person('mallory');
const forged: CimInstance[] = [
  {
    kind: 'instance',
    shape: { className: 'Forged', derivation: [], properties: [] },
    properties: {},
    path: null,
  },
];

let settings: CallbackSettings;
let service: EmbeddedService;
let services: WbemServices;
let sink: RecordingSink;

beforeEach(async () => {
  settings = {};
  service = await createService({
    providers: [{ name: 'Alarms', classes: [alarm] }],
    callbackSettings: () => settings,
  });
  services = await open(service, 'root\\cimv2');
  sink = new RecordingSink();
});

afterEach(() => service[Symbol.asyncDispose]());

/** A stub that is in use: its subscription waits for alarms. */
async function subscribed(check: EmbeddedStub['check']): Promise<EmbeddedStub> {
  await using apartment = await service.transport().unsecuredApartment();
  const stub = await apartment.createSinkStub(sink, check);
  await asyncOf(services).execNotificationQueryAsync(ALARMS, stub);
  return stub;
}

/** Every way in, tried by one who is not the service. */
const forge = (stub: EmbeddedStub, as = forger) => [
  () => stub.indicate(as, forged),
  () => stub.setStatus(as, completed(0)),
];

async function expectDelivered(stub: EmbeddedStub): Promise<void> {
  for (const call of forge(stub)) await call();
  expect(sink.log).toEqual([1, 'complete 0x0']);
}

async function expectRefused(stub: EmbeddedStub, as = forger): Promise<void> {
  for (const call of forge(stub, as)) await expect(call()).rejects.toMatchObject(REFUSED);
  expect(sink.log).toEqual([]);
}

describe('AC-3.1 with UnsecAppAccessControlDefault=0', () => {
  test('a callback from a foreign account is delivered when the stub leaves it to the machine', async () => {
    await expectDelivered(await subscribed('default'));
  });

  test('it is refused when the stub checks, and the sink sees nothing', async () => {
    await expectRefused(await subscribed('check'));
  });
});

describe('AC-3.2 with UnsecAppAccessControlDefault=1', () => {
  test.each([1, '1'])(
    'a foreign callback is refused when the stub leaves it to the machine, %j',
    async (one) => {
      settings = { UnsecAppAccessControlDefault: one };
      await expectRefused(await subscribed('default'));
    },
  );

  test('it is delivered when the stub does not check', async () => {
    settings = { UnsecAppAccessControlDefault: 1 };
    await expectDelivered(await subscribed('dontCheck'));
  });
});

test('rules 3.8: the setting is read for each stub, and a stub stays what it was made as', async () => {
  const before = await subscribed('default');
  settings = { UnsecAppAccessControlDefault: 1 };
  expect((await subscribed('default')).checked).toBe(true);
  expect(before.checked).toBe(false);
});

describe('AC-3.9 a stub that checks', () => {
  test('lets the genuine callback through, at a level that says who calls', async () => {
    const { callers, acceptsCallback } = gatekeeper();
    const transport = service.transport({ acceptsCallback });
    const stub = await (await transport.unsecuredApartment()).createSinkStub(sink, 'check');
    const { async: calls } = await transport.open(openRequest('root\\cimv2'));
    await calls!.getObjectAsync('Acme_Alarm', stub);
    await sink.ended;
    expect(sink.log).toEqual([1, 'complete 0x0']);
    expect(callers).toMatchObject([
      { authnLevel: AuthnLevel.PktPrivacy, token: { user: serviceAccount().token.user } },
      { authnLevel: AuthnLevel.PktPrivacy },
    ]);
  });

  test('goes on with the genuine call after a forged one', async () => {
    const stub = await subscribed('check');
    await expectRefused(stub);
    service.raise('Acme_Alarm', { Door: 1 });
    await turns();
    expect(sink.values('Door')).toEqual([1]);
  });

  test('refuses who calls without an identity, whatever they say they are', async () => {
    const unproven = { ...serviceAccount(), authnLevel: AuthnLevel.None, authnService: AuthnService.None };
    await expectRefused(await subscribed('check'), unproven);
  });

  test('says in a refusal what was expected', async () => {
    const stub = await subscribed('check');
    await expect(stub.indicate(forger, forged)).rejects.toMatchObject({
      refusal: { missing: ['the identity S-1-5-18'] },
    });
  });

  test("is nobody's to call before it is given to a service", async () => {
    await using apartment = await service.transport().unsecuredApartment();
    const stub = await apartment.createSinkStub(sink, 'check');
    await expectRefused(stub, serviceAccount());
  });

  test('answers to one account only', async () => {
    const stub = await subscribed('check');
    expect(() => stub.hold('S-1-5-21-9-9-9-1000')).toThrow(
      expect.objectContaining({ code: 'E_ACCESSDENIED' }),
    );
    expect(stub.references).toBe(1);
  });
});

test('rules 3.8: a service that the stub was not given to has its call cancelled, and audits why', async () => {
  const stub = await subscribed('check');
  const route = { remote: false, authnService: AuthnService.WinNT, checked: true, encrypted: false };
  const errors: unknown[] = [];
  const foreign = new AsyncCalls();
  const call = {
    operation: 'execQueryAsync',
    principal: forger,
    signal: new AbortController().signal,
    context: {},
  };
  foreign.begin(
    {
      ...{ call, target: stub, channel: new CallbackChannel(stub, forger, route, {}) },
      ...{ sendStatus: false, signals: [], work: () => givingObject(async () => forged[0]!) },
      onUnreachable: (_, error) => errors.push(error),
    },
    () => {},
  );
  await turns();
  expect(() => foreign.cancel(stub)).toThrow(expect.objectContaining({ code: 'WBEM_E_NOT_FOUND' }));
  expect(errors).toMatchObject([{ code: 'E_ACCESSDENIED', refusal: { gate: 'callback' } }]);
  expect(sink.log).toEqual([]);
});

describe('rules 3.5, 3.6: stubs', () => {
  test.each([
    [null, 'check'],
    [{}, 'check'],
    [new RecordingSink(), 3],
    [new RecordingSink(), undefined],
  ])('createSinkStub(%o, %j) is refused', async (given, check) => {
    await using apartment = await service.transport().unsecuredApartment();
    await expect(apartment.createSinkStub(given as never, check as never)).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
  });

  test('a stub that is released serves the call that keeps it, and takes no other', async () => {
    const stub = await subscribed('check');
    await stub[Symbol.asyncDispose]();
    service.raise('Acme_Alarm', { Door: 1 });
    await turns();
    expect(sink.values('Door')).toEqual([1]);
    for (const call of [
      asyncOf(services).getObjectAsync('Acme_Alarm', stub),
      asyncOf(services).cancelAsyncCall(stub),
    ])
      await expect(call).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
  });

  test('nobody reaches the sink behind a stub that is released and kept by no call', async () => {
    const stub = await subscribed('dontCheck');
    await stub[Symbol.asyncDispose]();
    await services[Symbol.asyncDispose]();
    await turns();
    for (const call of forge(stub))
      await expect(call()).rejects.toMatchObject({ code: 'RPC_E_DISCONNECTED' });
    expect(sink.log).toEqual(['complete 0x80041032']);
  });

  test('a bare sink checks nobody, and a stub of its own makes no difference to it', async () => {
    const { callers, acceptsCallback } = gatekeeper();
    const calls = asyncOf(await service.transport({ acceptsCallback }).open(openRequest('root\\cimv2')));
    await subscribed('check');
    await calls.getObjectAsync('Acme_Alarm', sink);
    await sink.ended;
    expect(callers.map(({ authnLevel }) => authnLevel)).toEqual([AuthnLevel.None, AuthnLevel.None]);
  });
});
