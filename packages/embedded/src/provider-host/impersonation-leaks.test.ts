import { type Caller, defineClass, type Provider, type WbemServices } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { install, pagingService, settled } from '../permanent/testing.ts';
import type { EmbeddedService } from '../service/create-service.ts';
import { asyncOf } from '../sinks/testing.ts';
import { all, open, person } from '../testing.ts';

const whoami = defineClass({
  name: 'Acme_Whoami',
  qualifiers: { dynamic: true, provider: 'Whoami' },
  properties: { Sid: { type: 'string', key: true } },
  methods: {
    Keep: { static: true },
    Ask: { static: true, returns: 'string' },
    Alarm: { static: true, returns: 'string' },
  },
});

const ann = person('ann');
const NS = 'root\\cimv2';

let service: EmbeddedService;
/** The way back of the provider, whose calls are the caller's while it impersonates. */
let back: WbemServices;
let alarmAsCaller: () => unknown;
let seen: unknown[];
let kept: Caller;

const seenFrom = async () => seen.push((await back.execMethod('Acme_Whoami', 'Ask')).returnValue);

const asked: Provider = {
  name: 'Whoami',
  classes: [whoami, alarm],
  enumerate: (_class, { caller }) => {
    kept = caller;
    return [caller.impersonate!(() => [{ Sid: caller.sid }])];
  },
  execMethod: async (_class, _keys, method, _in, { caller, openServices }) => {
    kept = caller;
    if (method === 'Ask') return { returnValue: caller.sid, outParams: {} };
    if (method === 'Keep') return { returnValue: null, outParams: {} };
    back = await openServices!();
    await caller.impersonate!(async () => alarmAsCaller());
    return { returnValue: null, outParams: {} };
  },
};

beforeEach(async () => {
  seen = [];
  service = await pagingService(() => seenFrom().then(() => {}), { providers: [asked] });
});
afterEach(() => service[Symbol.asyncDispose]());

async function alarmAs(caller = ann): Promise<void> {
  await using services = await open(service, NS, caller);
  await services.execMethod('Acme_Whoami', 'Alarm');
  await settled();
}

test('a consumer of an event does not act as whom its raiser impersonates', async () => {
  await install(service);
  alarmAsCaller = () => service.raise('Acme_Alarm', {});
  await alarmAs();
  expect(seen).toEqual(['S-1-5-20']);
});

test('a sink is not called as whom the one impersonates who began the call', async () => {
  const sink = { indicate: () => void seenFrom(), setStatus: () => {} };
  alarmAsCaller = () => asyncOf(back).getObjectAsync('Acme_Whoami', sink);
  await alarmAs();
  expect(seen).toEqual(['S-1-5-20']);
});

test.each<[string, (services: WbemServices) => Promise<unknown>]>([
  ['a method', (services) => services.execMethod('Acme_Whoami', 'Keep')],
  ['an enumeration', (services) => all(services.createInstanceEnum('Acme_Whoami'))],
])('rules 4.3: when %s has ended, nobody becomes its caller any more', async (_, call) => {
  await using services = await open(service, NS, ann);
  await call(services);
  expect(() => kept.impersonate!(() => {})).toThrow(expect.objectContaining({ code: 'RPC_E_CALL_COMPLETE' }));
});
