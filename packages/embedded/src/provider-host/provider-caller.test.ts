import { defineClass, type EnumerateRequest, type Provider, type ProviderRequest } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { all, open, person } from '../testing.ts';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: { Id: { type: 'uint32', key: true }, Code: 'string' },
});
const whoami = defineClass({
  name: 'Acme_Whoami',
  qualifiers: { dynamic: true, provider: 'Whoami' },
  properties: { Sid: { type: 'string', key: true } },
  methods: { Ask: { static: true, returns: 'string' } },
});

const ann = person('ann');
const { user: annSid } = ann.token;

type Handler = (request: ProviderRequest) => Promise<string>;

/** A provider that does what a test wants, and another one that answers with the SID of who asks it. */
function serve(handle: Handler): Promise<EmbeddedService> {
  const doors: Provider = {
    name: 'Doors',
    classes: [door],
    getInstance: async (_class, _keys, request) => ({ Id: 1, Code: await handle(request) }),
  };
  const asked: Provider = {
    name: 'Whoami',
    classes: [whoami],
    execMethod: async (_c, _k, _m, _in, { caller }) => ({ returnValue: caller.sid, outParams: {} }),
  };
  return createService({ providers: [doors, asked] });
}

async function asAnn(handle: Handler): Promise<unknown> {
  await using service = await serve(handle);
  await using services = await open(service, 'root\\cimv2', ann);
  const object = await services.getObject('Acme_Door=1');
  return 'path' in object ? object.properties['Code'] : null;
}

async function askWho({ openServices }: ProviderRequest): Promise<string> {
  await using services = await openServices!();
  const { returnValue } = await services.execMethod('Acme_Whoami', 'Ask');
  return String(returnValue);
}

test('a provider gets a copy of the token that nobody can change', async () => {
  const found = await asAnn(async ({ caller: { token } }) => {
    expect(token).toEqual(ann.token);
    expect(token).not.toBe(ann.token);
    expect(() => (token!.groups as unknown[]).push('S-1-5-32-544')).toThrow(TypeError);
    return String(token!.user);
  });
  expect(found).toBe(annSid);
});

test('the way back is the provider: what it asks is asked by NETWORK SERVICE', async () => {
  expect(await asAnn(askWho)).toBe('S-1-5-20');
});

test('calls and connections made while impersonating are the caller, also after an await', async () => {
  expect(await asAnn((request) => request.caller.impersonate!(() => askWho(request)))).toBe(annSid);
});

test('a connection from before shows the caller while impersonating, and the provider after it', async () => {
  const found = await asAnn(async ({ caller, openServices }) => {
    await using services = await openServices!();
    const ask = async () => (await services.execMethod('Acme_Whoami', 'Ask')).returnValue;
    return [await ask(), await caller.impersonate!(ask), await ask()].join();
  });
  expect(found).toBe(['S-1-5-20', annSid, 'S-1-5-20'].join());
});

test('a transport of the service shows the caller where its proxy cloaks', async () => {
  const service = await serve(async ({ caller }) =>
    caller.impersonate!(async () => {
      await using services = await open(service, 'root\\cimv2');
      services.setBlanket({ capabilities: 0x40 });
      return String((await services.execMethod('Acme_Whoami', 'Ask')).returnValue);
    }),
  );
  await using services = await open(service, 'root\\cimv2', ann);
  expect(await services.getObject('Acme_Door=1')).toMatchObject({ properties: { Code: annSid } });
});

test('a provider that is called by one who impersonates does not: that stays with the other', async () => {
  const nested: Provider = {
    name: 'Whoami',
    classes: [whoami],
    execMethod: async (_class, _keys, _method, _in, { openServices }) => {
      await using services = await openServices!();
      await services.getObject('Acme_Door=1');
      return { returnValue: null, outParams: {} };
    },
  };
  const seen: string[] = [];
  const doors: Provider = {
    name: 'Doors',
    classes: [door],
    getInstance: async (_class, _keys, request) => {
      const { caller } = request;
      seen.push(caller.sid);
      if (seen.length === 1) await caller.impersonate!(() => askWho(request));
      return { Id: 1 };
    },
  };
  await using service = await createService({ providers: [doors, nested] });
  await using services = await open(service, 'root\\cimv2', ann);
  await services.getObject('Acme_Door=1');
  expect(seen).toEqual([annSid, 'S-1-5-20']);
});

test('a condition is not shown to the provider when the caller may not read some property', async () => {
  const seen: EnumerateRequest[] = [];
  const vault = defineClass({
    name: 'Acme_Vault',
    qualifiers: { dynamic: true, provider: 'Vaults' },
    properties: {
      Id: { type: 'uint32', key: true },
      Code: { type: 'string', qualifiers: { Privileges: ['SeSecurityPrivilege'] } },
    },
  });
  const vaults: Provider = {
    name: 'Vaults',
    classes: [vault],
    enumerate: (_class, request) => {
      seen.push(request);
      return [[{ Id: 1, Code: 'swordfish' }]];
    },
  };
  await using service = await createService({ providers: [vaults] });
  const query = "SELECT Id FROM Acme_Vault WHERE Code = 'swordfish'";
  const admitted = person('ben', { token: { ...ann.token, privileges: ['SeSecurityPrivilege'] } });
  const rows = [];
  for (const who of [ann, admitted]) {
    await using services = await open(service, 'root\\cimv2', who);
    rows.push((await all(services.execQuery(query))).length);
  }
  expect(rows).toEqual([0, 1]);
  expect(seen.map(({ where }) => where?.kind ?? null)).toEqual([null, 'compare']);
});

test('callers who are impersonated at the same time are not taken for one another', async () => {
  await using service = await serve((request) =>
    request.caller.impersonate!(async () => {
      const before = await askWho(request);
      await new Promise((resolve) => setTimeout(resolve, request.caller.sid === annSid ? 2 : 1));
      return [before, await askWho(request)].join();
    }),
  );
  const people = [ann, person('ben'), ann, person('cyn')];
  const found = await Promise.all(
    people.map(async (who) => {
      await using services = await open(service, 'root\\cimv2', who);
      return await services.getObject('Acme_Door=1');
    }),
  );
  expect(found.map((object) => ('path' in object ? object.properties['Code'] : null))).toEqual(
    people.map(({ token: { user } }) => [user, user].join()),
  );
});

test('after a body that throws the provider acts as itself again', async () => {
  const found = await asAnn(async (request) => {
    const failing = () => Promise.reject(new Error('broken'));
    await request.caller.impersonate!(failing).catch(() => {});
    return askWho(request);
  });
  expect(found).toBe('S-1-5-20');
});
