import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { encodeSecurityDescriptor, parseSddl } from '@wmisec/access';
import { passwordIdentity } from '@wmisec/auth';
import {
  AuthnLevel,
  AuthnService,
  defineClass,
  ImpLevel,
  type Provider,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createService } from '../service/create-service.ts';
import { all, open, openRequest, person } from '../testing.ts';
import { JsonLines } from './json-lines.ts';
import { REFUSAL_CHANNEL, type RefusalRecord } from './refusal-record.ts';

const NS = 'root\\cimv2';
const NOW = new Date('2031-05-06T07:08:09Z');
const clock = { now: () => NOW };
const guest = person('guest', { groups: [] });

let records: RefusalRecord[];
const listen = (record: unknown) => records.push(record as RefusalRecord);

beforeEach(() => {
  records = [];
  subscribe(REFUSAL_CHANNEL, listen);
});

afterEach(() => {
  unsubscribe(REFUSAL_CHANNEL, listen);
});

test('a refusal is told on the channel: when, who, how, what, and by which gate', async () => {
  await using service = await createService({ providers: [], clock });
  const remote = { ...guest, remote: true, authnLevel: AuthnLevel.PktIntegrity };
  await expect(open(service, NS, remote)).rejects.toThrow();
  expect(records).toEqual([
    {
      at: NOW,
      operation: 'open',
      namespace: NS,
      principal: { name: 'guest', sid: guest.token.user },
      remote: true,
      authnService: AuthnService.WinNT,
      authnLevel: AuthnLevel.PktIntegrity,
      impLevel: ImpLevel.Impersonate,
      gate: 'dcom-access',
      missing: ['COM_RIGHTS_ACTIVATE_REMOTE'],
      ace: null,
      fix: expect.stringContaining('COM_RIGHTS_ACTIVATE_REMOTE to guest'),
      status: 0x80070005,
    },
  ]);
});

test('a record has the entry that denied, by its place and in SDDL', async () => {
  await using service = await createService({ providers: [] });
  const ann = person('ann');
  const owner = await open(service, NS);
  const sd = parseSddl(`O:BAG:BAD:(D;;CC;;;${ann.token.user})(A;;CC;;;AU)`);
  await owner.execMethod('__SystemSecurity=@', 'SetSD', { SD: [...encodeSecurityDescriptor(sd)] });
  await expect(open(service, NS, ann)).rejects.toThrow();
  expect(records).toMatchObject([
    { gate: 'namespace-rights', ace: { index: 0, sddl: `(D;;CC;;;${ann.token.user})` } },
  ]);
});

test('every operation tells its own name and the levels at which it arrived', async () => {
  await using service = await createService({ providers: [] });
  const services = await open(service, NS, person('ann', { impLevel: ImpLevel.Identify }));
  await expect(services.getObject('__Event')).rejects.toThrow();
  await expect(services.openNamespace('x')).rejects.toThrow();
  expect(records.map(({ operation, gate, impLevel }) => [operation, gate, impLevel])).toEqual([
    ['getObject', 'impersonation-level', ImpLevel.Identify],
    ['openNamespace', 'impersonation-level', ImpLevel.Identify],
  ]);
});

test('a logon that is refused is told once, and not why', async () => {
  await using service = await createService({ providers: [] });
  using identity = passwordIdentity({ user: 'nobody', password: 'wrong' });
  const transport = service.transport({ remote: true });
  await expect(transport.open(openRequest(NS, { identity }))).rejects.toMatchObject({
    code: 'E_ACCESSDENIED',
  });
  expect(records).toMatchObject([
    {
      operation: 'open',
      namespace: NS,
      remote: true,
      gate: 'logon',
      missing: [],
      ace: null,
      status: 0x80070005,
    },
  ]);
  expect(JSON.stringify(records)).not.toMatch(/wrong|unknown-user/);
});

test('a call that is let in and fails is no refusal', async () => {
  await using service = await createService({ providers: [] });
  const services = await open(service, NS);
  await expect(services.getObject('No_Such')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  expect(records).toEqual([]);
});

test('a line of JSON per refusal, with the names of the SDK', async () => {
  const jsonLines = new PassThrough({ encoding: 'utf8' });
  await using service = await createService({ providers: [], clock, audit: { jsonLines } });
  for (const as of [guest, { ...guest, remote: true }]) await expect(open(service, NS, as)).rejects.toThrow();
  const lines = String(jsonLines.read()).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    at: '2031-05-06T07:08:09.000Z',
    operation: 'open',
    principal: { name: 'guest', sid: guest.token.user },
    authnService: 'RPC_C_AUTHN_WINNT',
    authnLevel: 'RPC_C_AUTHN_LEVEL_PKT_PRIVACY',
    impLevel: 'RPC_C_IMP_LEVEL_IMPERSONATE',
    gate: 'namespace-rights',
    missing: ['WBEM_ENABLE'],
    status: '0x80041003',
    code: 'WBEM_E_ACCESS_DENIED',
  });
});

test('the README shows a line as it is written', async () => {
  const [, shown] = /```text\n(\{"at".*?)```/s.exec(
    readFileSync(new URL('../../README.md', import.meta.url), 'utf8'),
  )!;
  const jsonLines = new PassThrough({ encoding: 'utf8' });
  await using service = await createService({ providers: [], clock, audit: { jsonLines } });
  const token = { user: 'S-1-5-21-1-2-3-501', groups: ['S-1-1-0'] } as const;
  await expect(open(service, NS, { ...guest, token })).rejects.toThrow();
  expect(String(jsonLines.read())).toBe(shown);
});

test('rows that are left out for lack of rights are a success of their own, and no refusal', async () => {
  const thing = defineClass({
    name: 'Acme_Thing',
    qualifiers: { dynamic: true, provider: 'Things' },
    properties: { Id: { type: 'uint32', key: true } },
  });
  const partial: Provider = {
    name: 'Things',
    classes: [thing],
    *enumerate() {
      yield [{ Id: 1 }];
      throw new WbemError(WbemStatus.WBEM_S_ACCESS_DENIED);
    },
  };
  await using service = await createService({ providers: [partial] });
  const rows = await (await open(service, NS)).createInstanceEnum('Acme_Thing');
  expect(await all(rows)).toHaveLength(1);
  expect(rows.status).toBe(0x40009);
  expect(records).toEqual([]);
});

test('a reader that does not read costs lines, not memory, and is told how many', () => {
  const slow = new PassThrough({ highWaterMark: 1 });
  const lines = new JsonLines(slow);
  const line = 'x'.repeat(1 << 20);
  for (let i = 0; i < 5; i++) lines.write(line);
  const first = String(slow.read());
  lines.write('last');
  const rest = String(slow.read());
  expect(first.startsWith('x')).toBe(true);
  expect(`${first}${rest}`.length).toBeLessThan(3 << 20);
  expect(`${first}${rest}`).toMatch(/\n\{"lost":\d\}\nlast\n$/);
});

test('a stream that has ended is not written to', () => {
  const ended = new PassThrough();
  ended.end();
  expect(() => new JsonLines(ended).write('late')).not.toThrow();
});
