import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type AuthnLevel, AuthnService, WbemStatus } from '@wmisec/wbem';
import { describe, expect, onTestFinished, test } from 'vitest';
import { REFUSAL_CHANNEL, type RefusalRecord } from '../audit/refusal-record.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import { createService } from '../service/create-service.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, DCOM_USERS, openRequest, person } from '../testing.ts';
import type { CallbackSettings } from './callback-settings.ts';
import { asyncOf, gatekeeper, guardNamespace, RecordingSink, turns } from './testing.ts';

const groups = [AUTHENTICATED_USERS, ADMINISTRATORS, DCOM_USERS];
const { Kerberos, NTLM } = { Kerberos: AuthnService.GssKerberos, NTLM: AuthnService.WinNT };
const IDENTIFIED = [6, 5, 4, 3, 2];

interface Scene {
  readonly remote?: boolean;
  readonly authnService?: AuthnService;
  readonly settings?: CallbackSettings;
  readonly encrypted?: boolean;
  /** Which levels the client lets in. Default: none. */
  readonly lets?: (level: AuthnLevel) => boolean;
  readonly check?: 'check' | 'dontCheck';
}

/** A client asks for one object; what its sink hears, and at which levels it was tried. */
async function scene({
  remote = false,
  authnService = NTLM,
  settings = {},
  lets = () => false,
  ...more
}: Scene) {
  const repository = memoryRepository();
  const service = await createService({ providers: [], repository, callbackSettings: () => settings });
  onTestFinished(() => service[Symbol.asyncDispose]());
  const as = person('ann', { groups, remote, authnService });
  if (more.encrypted) await guardNamespace(repository, { rights: 0x2f, requiresEncryption: true });
  const { acceptsCallback, callers, levels } = gatekeeper(lets);
  const transport = service.transport({ as, acceptsCallback });
  const sink = new RecordingSink();
  const apartment = await transport.unsecuredApartment();
  const target = more.check === undefined ? sink : await apartment.createSinkStub(sink, more.check);
  const calls = asyncOf(await transport.open(openRequest('root\\cimv2')));
  const refusals: RefusalRecord[] = [];
  const hear = (record: unknown) => void refusals.push(record as RefusalRecord);
  subscribe(REFUSAL_CHANNEL, hear);
  onTestFinished(() => void unsubscribe(REFUSAL_CHANNEL, hear));
  await calls.getObjectAsync('__SystemClass', target);
  await turns();
  const pending = await calls.cancelAsyncCall(target).then(
    () => true,
    () => false,
  );
  return { log: sink.log, levels: levels(), callers, pending, refusals };
}

const ANONYMOUS = { AllowAnonymousCallback: 1 };

describe('rules 3.2: the level of a callback to a client of another machine', () => {
  test('AC-3.4 with AllowAnonymousCallback=0 a client that takes anonymous callbacks only gets none, and its call is cancelled', async () => {
    const settings = { AllowAnonymousCallback: 0 };
    const { log, levels, pending } = await scene({ remote: true, settings, lets: (level) => level === 1 });
    expect(levels).toEqual(IDENTIFIED);
    expect(log).toEqual([]);
    expect(pending).toBe(false);
  });

  test('AC-3.5 with AllowAnonymousCallback=1 it steps down from 6 to 1', async () => {
    const { log, levels } = await scene({ remote: true, settings: ANONYMOUS });
    expect(levels).toEqual([...IDENTIFIED, 1]);
    expect(log).toEqual([]);
  });

  test('AC-3.5 a client that fails levels 6 to 2 is called at 1, and at no higher one again', async () => {
    const { log, levels } = await scene({ remote: true, settings: ANONYMOUS, lets: (level) => level === 1 });
    expect(levels).toEqual([...IDENTIFIED, 1, 1]);
    expect(log).toEqual([1, 'complete 0x0']);
  });

  test.each([6, 5, 4, 3, 2])('it stays at the first level that is let in, %d', async (highest) => {
    const { log, levels } = await scene({ remote: true, lets: (level) => level <= highest });
    expect(levels).toEqual([...IDENTIFIED.slice(0, 7 - highest), highest]);
    expect(log).toEqual([1, 'complete 0x0']);
  });

  test('with nothing set it is never made without an identity', async () => {
    expect((await scene({ remote: true })).levels).toEqual(IDENTIFIED);
  });
});

describe('AC-3.6 with UnsecAppAccessControlDefault=1 level NONE is never tried', () => {
  const settings = { UnsecAppAccessControlDefault: '1', AllowAnonymousCallback: 1 };

  test.each([
    ['remote', true],
    ['local', false],
  ])('%s', async (_, remote) => {
    for (const check of [undefined, 'dontCheck', 'check'] as const)
      expect((await scene({ remote, settings, ...(check && { check }) })).levels).toEqual(IDENTIFIED);
  });
});

describe('rules 3.2: the level of a callback to a client of this machine', () => {
  test('AC-3.7 to an NTLM client it is NONE while nothing checks, for a plain sink and for an unchecked stub', async () => {
    const lets = () => true;
    const { callers, levels } = await scene({ lets });
    expect(levels).toEqual([1, 1]);
    expect(callers[0]).toMatchObject({ token: { user: 'S-1-5-7' }, authnService: AuthnService.None });
    expect((await scene({ lets, check: 'dontCheck' })).levels).toEqual([1, 1]);
  });

  test('K25 to a stub that checks it says who calls', async () => {
    const { log, levels } = await scene({ lets: () => true, check: 'check' });
    expect(levels).toEqual([6, 6]);
    expect(log).toEqual([1, 'complete 0x0']);
  });

  test('to a Kerberos client it steps down as to one of another machine', async () => {
    expect((await scene({ authnService: Kerberos })).levels).toEqual(IDENTIFIED);
    expect((await scene({ authnService: Kerberos, settings: ANONYMOUS })).levels).toEqual([...IDENTIFIED, 1]);
  });
});

describe('rules 3.2: in a namespace that requires encryption', () => {
  test.each([
    ['local', false],
    ['remote', true],
  ])('only level 6 is tried, %s', async (_, remote) => {
    const scenery = { remote, encrypted: true, settings: ANONYMOUS };
    expect((await scene(scenery)).levels).toEqual([6]);
    const { log, levels } = await scene({ ...scenery, lets: () => true });
    expect(levels).toEqual([6, 6]);
    expect(log).toEqual([1, 'complete 0x0']);
  });

  test('a client that does not take it is denied access, which is audited', async () => {
    const { log, pending, refusals } = await scene({
      remote: true,
      encrypted: true,
      lets: (level) => level < 6,
    });
    expect(log).toEqual([]);
    expect(pending).toBe(false);
    expect(refusals).toMatchObject([
      {
        operation: 'getObjectAsync',
        status: WbemStatus.WBEM_E_ACCESS_DENIED,
        gate: 'requires-encryption',
        missing: ['RPC_C_AUTHN_LEVEL_PKT_PRIVACY'],
        principal: { name: 'ann' },
      },
    ]);
  });
});

test('rules 3.2: that no callback got through is audited', async () => {
  const { refusals } = await scene({ remote: true });
  expect(refusals).toMatchObject([{ gate: 'callback', status: 0x80070005, operation: 'getObjectAsync' }]);
});
