import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Principal, parseSddl, type Sid, setNamespaceDescriptor } from '@wmisec/access';
import { type Connection, connect } from '@wmisec/auth';
import { createService, type EmbeddedService, extrinsicEventClass } from '@wmisec/embedded';
import {
  audit,
  getSubscription,
  installSubscription,
  listSubscriptions,
  removeSubscription,
  renameSubscription,
  type SubscriptionSpec,
} from '@wmisec/events';
import { AuthnLevel, AuthnService, type CimInstance, defineClass, ImpLevel } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const ADMINISTRATORS: Sid = 'S-1-5-32-544';
const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});
const pager = defineClass({
  name: 'Acme_Pager',
  superclass: '__EventConsumer',
  properties: { Name: { type: 'string', key: true } },
});

const person = (name: string, rid: number, ...groups: Sid[]): Principal => ({
  name,
  token: { user: `S-1-5-21-1-2-3-${rid}`, groups: ['S-1-1-0', 'S-1-5-11', ...groups] },
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
});
const ann = person('ann', 1001, ADMINISTRATORS);
const ben = person('ben', 1002, ADMINISTRATORS);
const eve = person('eve', 1003);

let service: EmbeddedService;
let connection: Connection;
let logs: string;
const paged: [consumer: unknown, door: unknown][] = [];

const page = (event: CimInstance, { consumer }: { consumer: CimInstance }) =>
  void paged.push([consumer.properties['Name'], event.properties['Door']]);

beforeEach(async () => {
  paged.length = 0;
  logs = mkdtempSync(join(tmpdir(), 'wmisec-logs-'));
  service = await createService({
    providers: [{ name: 'Alarms', classes: [alarm] }],
    principals: [ann, ben, eve],
    consumers: { logFolders: [logs], custom: { Acme_Pager: page } },
  });
  connection = await as(service.owner);
  await connection.services.putClass(pager);
});

afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
  rmSync(logs, { recursive: true });
});

function as(principal: Principal): Promise<Connection> {
  return connect('root\\subscription', { transport: service.transport({ as: principal }) });
}

const doors: SubscriptionSpec = {
  name: 'doors',
  query: 'SELECT * FROM Acme_Alarm',
  eventNamespace: 'root\\cimv2',
  eventAccess: 'O:BAG:BAD:(A;;LO;;;BA)',
  consumer: { kind: 'custom', className: 'Acme_Pager' },
};

const raise = (Door: number) => service.raise('Acme_Alarm', { Door });

test('what is installed delivers, under its new name each event once, and no more when it is removed', async () => {
  await installSubscription(connection, doors);
  raise(1);
  await vi.waitFor(() => expect(paged).toEqual([['doors', 1]]));
  await renameSubscription(connection, 'doors', 'gates');
  raise(2);
  await vi.waitFor(() =>
    expect(paged).toEqual([
      ['doors', 1],
      ['gates', 2],
    ]),
  );
  await removeSubscription(connection, 'gates');
  expect(service.subscriptionCounts().filters).toBe(0);
  expect(await listSubscriptions(connection)).toEqual([]);
});

test('a log file is written for real', async () => {
  const filename = join(logs, 'doors.log');
  await installSubscription(connection, {
    ...doors,
    consumer: { kind: 'logFile', filename, text: 'door %Door%' },
  });
  raise(7);
  await vi.waitFor(() => expect(readFileSync(filename, 'utf8')).toBe('door 7\r\n'));
});

test('an event that is raised while a subscription is renamed arrives once', async () => {
  await installSubscription(connection, doors);
  const renaming = renameSubscription(connection, 'doors', 'gates');
  for (let door = 1; door <= 50; door++) {
    raise(door);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await renaming;
  await vi.waitFor(() => expect(paged).toHaveLength(50));
  expect(paged.map(([, door]) => door)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
});

describe('who creates', () => {
  test('AC-5.6 what two administrators install and complete belongs to administrators, and delivers', async () => {
    await using anns = await as(ann);
    await using bens = await as(ben);
    const { binding } = await installSubscription(anns, doors);
    await anns.services.deleteInstance(binding!.path);
    const completed = await installSubscription(bens, doors);
    const { filter, consumer } = completed;
    expect([filter, consumer, completed.binding].map((part) => part?.creator)).toEqual(
      Array(3).fill(ADMINISTRATORS),
    );
    raise(1);
    await vi.waitFor(() => expect(paged).toHaveLength(1));
  });

  test('rules 14: without full write nothing is installed, and nothing of it is there', async () => {
    await using eves = await as(eve);
    await expect(installSubscription(eves, doors)).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
    expect(await listSubscriptions(connection)).toEqual([]);
  });

  test('an audit names whoever else can write, and what was written so', async () => {
    const { user } = eve.token;
    await setNamespaceDescriptor(connection.services, parseSddl(`O:BAG:BAD:(A;;CCDCLCSWRP;;;${user})`));
    await using eves = await as(eve);
    await installSubscription(eves, doors);
    expect((await getSubscription(connection, 'doors')).filter?.creator).toBe(user);
    await using root = await connect('root', { transport: service.transport() });
    const { findings } = await audit(root);
    expect(findings.map(({ rule }) => rule)).toEqual([
      'subscription-writers',
      'creator-not-administrator',
      'unknown-consumer-class',
      'event-namespace',
    ]);
  });

  test('what an auditor may not read is told', async () => {
    await setNamespaceDescriptor(connection.services, parseSddl('O:BAG:BAD:(D;;CC;;;AU)'));
    await using root = await connect('root', { transport: service.transport({ as: eve }) });
    const { findings } = await audit(root);
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'unreadable',
        namespace: 'root\\subscription',
        evidence: { what: 'namespace', code: 'WBEM_E_ACCESS_DENIED' },
      }),
    );
  });
});

test('what cannot be stored leaves nothing, and the way over single writes does neither', async () => {
  const notLast = {
    ...doors,
    consumer: { ...doors.consumer, properties: { Nothing: 1 } },
  } as SubscriptionSpec;
  await expect(installSubscription(connection, notLast)).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_PROPERTY',
  });
  const { services } = connection;
  const single = new Proxy(services, {
    get: (target, name) => {
      if (name === 'putInstances' || name === 'deleteInstances') return undefined;
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const refusing = { ...doors, eventNamespace: 'no:namespace' };
  await expect(installSubscription({ services: single }, refusing)).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_PARAMETER',
  });
  expect(await listSubscriptions(connection)).toEqual([]);
});
