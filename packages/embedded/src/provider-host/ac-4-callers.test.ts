import { checkAccess, parseSddl, type Token } from '@wmisec/access';
import {
  AuthnLevel,
  AuthnService,
  type Caller,
  defineClass,
  ImpLevel,
  type Provider,
  type ProviderRequest,
} from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { serviceAccount } from '../service/service-account.ts';
import { asyncOf, RecordingSink } from '../sinks/testing.ts';
import { open, openRequest, person } from '../testing.ts';
import { callerOf } from './caller-of.ts';
import { Impersonation } from './impersonation.ts';

const NS = 'root\\cimv2';
const ann = person('ann');
const ITSELF = 'S-1-5-20';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: { Id: { type: 'uint32', key: true } },
  methods: { Who: { static: true, returns: 'string' } },
});

let handle: (request: ProviderRequest) => Promise<void>;
let served: number;
let service: EmbeddedService;

const doors: Provider = {
  name: 'Doors',
  classes: [door],
  async getInstance(_class, _keys, request) {
    served++;
    await handle(request);
    return { Id: 1 };
  },
  execMethod: async (_class, _keys, _method, _in, { caller }) => ({ returnValue: caller.sid, outParams: {} }),
};

beforeEach(async () => {
  handle = async () => {};
  served = 0;
  service = await createService({ providers: [doors] });
});

afterEach(() => service[Symbol.asyncDispose]());

/** Whom the service sees when the provider calls. */
async function seenFrom({ openServices }: ProviderRequest): Promise<unknown> {
  await using services = await openServices!();
  return (await services.execMethod('Acme_Door', 'Who')).returnValue;
}

async function getDoor(): Promise<void> {
  await using services = await open(service, NS, ann);
  await services.getObject('Acme_Door=1');
}

test('AC-4.1 at IDENTIFY the service refuses a call before any provider sees it', async () => {
  await using services = await open(service, NS, ann);
  services.setBlanket({ impLevel: ImpLevel.Identify });
  await expect(services.getObject('Acme_Door=1')).rejects.toMatchObject({
    code: 'WBEM_E_ACCESS_DENIED',
    refusal: { gate: 'impersonation-level' },
  });
  expect(served).toBe(0);
});

test('AC-4.1 below the service an identified caller can be impersonated and checked, and opens nothing', async () => {
  const impersonation = new Impersonation();
  const caller: Caller = callerOf({ ...ann, impLevel: ImpLevel.Identify }, impersonation, { over: false });
  expect(caller.impLevel - 1).toBe(1);
  const acting = caller.impersonate!(() => impersonation.current)!;
  expect(acting.token.user).toBe(caller.sid);
  const door = parseSddl(`O:SYG:SYD:(A;;0x1;;;${caller.sid})`);
  expect(checkAccess(door, caller.token as Token, 1).granted).toBe(true);
  await using services = await open(service, NS, acting);
  await expect(services.getObject('Acme_Door=1')).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
});

test('AC-4.2 a call at the level NONE reaches no provider that could impersonate', async () => {
  await using services = await open(service, NS, ann);
  services.setBlanket({
    authnLevel: AuthnLevel.None,
    authnService: AuthnService.None,
    impLevel: ImpLevel.Impersonate,
  });
  await expect(services.getObject('Acme_Door=1')).rejects.toMatchObject({
    code: 'E_ACCESSDENIED',
    refusal: { missing: ['RPC_C_AUTHN_LEVEL_CONNECT'] },
  });
  expect(served).toBe(0);
});

test('AC-4.3 however deep a provider impersonates, when it is over it is itself again', async () => {
  const seen: unknown[] = [];
  handle = async (request) => {
    const { impersonate } = request.caller;
    await impersonate!(() =>
      impersonate!(() =>
        impersonate!(async () => {
          seen.push(await seenFrom(request));
        }),
      ),
    );
    seen.push(await seenFrom(request));
  };
  await getDoor();
  expect(seen).toEqual([ann.token.user, ITSELF]);
});

test('AC-4.4 a provider that throws while it impersonates, or leaves work behind, begins the next call as itself', async () => {
  let left: Promise<unknown> | undefined;
  const failures = [
    ({ caller }: ProviderRequest) =>
      caller.impersonate!(async () => {
        throw new Error('body');
      }),
    async (request: ProviderRequest) => {
      left = request.caller.impersonate!(() => seenFrom(request));
    },
  ];
  for (const fail of failures) {
    handle = fail;
    await getDoor().catch(() => {});
    let seen: unknown;
    handle = async (request) => {
      seen = await seenFrom(request);
    };
    await getDoor();
    expect(seen).toBe(ITSELF);
  }
  await left;
});

test('AC-4.6 a sink that checks, and was given to the computer HOST$, refuses the user HOST', async () => {
  const computer = serviceAccount();
  const user = person(computer.name.slice(0, -1), { authnLevel: AuthnLevel.PktPrivacy });
  const sink = new RecordingSink();
  await using apartment = await service.transport().unsecuredApartment();
  const stub = await apartment.createSinkStub(sink, 'check');
  await using services = await service.transport().open(openRequest(NS));
  await asyncOf(services).execNotificationQueryAsync('SELECT * FROM __InstanceCreationEvent', stub);
  await expect(stub.indicate(user, [])).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  expect(sink.log).toEqual([]);
  await stub.indicate(computer, []);
  expect(sink.log).toEqual([0]);
});
