import type { Principal } from '@wmisec/access';
import {
  AuthnLevel,
  Capabilities,
  defineClass,
  ImpLevel,
  type Provider,
  type WbemServices,
} from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { all, openRequest, person } from '../testing.ts';

const [ann, ben, host] = [person('ann'), person('ben'), person('host')];
const { StaticCloaking, DynamicCloaking, None } = Capabilities;

/** A class whose one row says who asks. */
const caller = defineClass({
  name: 'Acme_Caller',
  qualifiers: { dynamic: true, provider: 'Callers' },
  properties: { Sid: { type: 'string', key: true } },
});
const callers: Provider = {
  name: 'Callers',
  classes: [caller],
  enumerate: () => [],
  execMethod: async () => ({ returnValue: null, outParams: {} }),
  getInstance: async (_class, _keys, { caller: { sid } }) => ({ Sid: sid }),
};

let service: EmbeddedService;
let services: WbemServices;
/** Whom the client's thread impersonates. */
let thread: Principal | null;

beforeEach(async () => {
  thread = null;
  service = await createService({ providers: [callers] });
  services = await service.transport({ as: host, thread: () => thread }).open(openRequest('root\\cimv2'));
});

async function seen(proxy: WbemServices = services): Promise<unknown> {
  const object = await proxy.getObject('Acme_Caller.Sid="x"');
  return object.kind === 'instance' && object.properties['Sid'];
}

const cloak = (capabilities: number) => services.setBlanket({ impLevel: ImpLevel.Impersonate, capabilities });

test('AC-6.6 static cloaking keeps whom the thread impersonated when it was set; dynamic follows the thread', async () => {
  thread = ann;
  cloak(StaticCloaking);
  thread = ben;
  expect(await seen()).toBe(ann.token.user);
  cloak(DynamicCloaking);
  expect(await seen()).toBe(ben.token.user);
  thread = ann;
  expect(await seen()).toBe(ann.token.user);
});

test.each([
  ['static', StaticCloaking],
  ['dynamic', DynamicCloaking],
])('rules 4.3: %s cloaking takes a token no further than it was lent', async (_, capabilities) => {
  thread = person('ann', { impLevel: ImpLevel.Identify });
  cloak(capabilities);
  await expect(seen()).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
});

/** docs/rules.md 6.2, row by row: what is set, the thread's token then, the thread's token at the call, and who is seen. */
test.each<[string, number, Principal | null, Principal | null, Principal]>([
  ['no cloaking', None, ann, ben, host],
  ['static', StaticCloaking, ann, ann, ann],
  ['static', StaticCloaking, ann, null, ann],
  ['static', StaticCloaking, null, null, host],
  ['static', StaticCloaking, null, ben, host],
  ['dynamic', DynamicCloaking, null, ben, ben],
  ['dynamic', DynamicCloaking, ann, null, host],
])('rules 6.2: %s', async (_name, capabilities, whenSet, whenCalled, expected) => {
  thread = whenSet;
  cloak(capabilities);
  thread = whenCalled;
  expect(await seen()).toBe(expected.token.user);
});

test('a thread changes who calls, not where from', async () => {
  const remote = { ...service.owner, remote: true };
  services = await service
    .transport({ as: remote, thread: () => thread })
    .open(openRequest('root\\cimv2', { server: 'srv' }));
  thread = { ...ann, remote: false };
  cloak(DynamicCloaking);
  await expect(seen()).rejects.toMatchObject({ refusal: { missing: ['WBEM_REMOTE_ACCESS'] } });
});

test('an enumerator of a cloaked call needs cloaking too: it serves who made it', async () => {
  thread = ann;
  cloak(DynamicCloaking);
  await using rows = await services.createInstanceEnum('Acme_Caller');
  await expect(rows.next(1)).rejects.toMatchObject({ refusal: { gate: 'same-principal' } });
  rows.setBlanket({ impLevel: ImpLevel.Impersonate, capabilities: DynamicCloaking });
  expect(await all(rows)).toEqual([]);
});

test('AC-6.7 changing a copy leaves the original as it was', async () => {
  thread = ann;
  services.setBlanket({ authnLevel: AuthnLevel.PktIntegrity, capabilities: StaticCloaking });
  thread = ben;
  const copy = await services.copyProxy!();
  expect(copy.queryBlanket()).toEqual(services.queryBlanket());
  expect(await seen(copy)).toBe(ann.token.user);
  copy.setBlanket({ authnLevel: AuthnLevel.PktPrivacy, impLevel: ImpLevel.Impersonate });
  expect(services.queryBlanket().authnLevel).toBe(AuthnLevel.PktIntegrity);
  expect(await seen()).toBe(ann.token.user);
  expect(await seen(copy)).toBe(host.token.user);
  await copy[Symbol.asyncDispose]();
  expect(await seen()).toBe(ann.token.user);
});
