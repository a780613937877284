import type { Principal } from '@wmisec/access';
import type { CimInstance } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { descriptorBytes, ManualTimers, received } from '../events/testing.ts';
import type { EmbeddedService } from '../service/create-service.ts';
import { open, person } from '../testing.ts';
import type { DeliveryContext } from './delivery/event-consumer.ts';
import type { Command } from './standard-consumers/command-line.ts';
import {
  ALARMS,
  adm,
  ann,
  ben,
  install,
  letWrite,
  made,
  pagingService,
  root,
  secure,
  settled,
} from './testing.ts';

const KEEPS_OUT = `O:BAG:BAD:(D;;0x1;;;${ann.token.user})`;
const LETS_IN = `O:BAG:BAD:(A;;0x1;;;${ann.token.user})`;

let service: EmbeddedService;
let timers: ManualTimers;
let paged: CimInstance[];
let context: DeliveryContext | null;
let commands: Command[];

beforeEach(async () => {
  paged = [];
  commands = [];
  context = null;
  timers = new ManualTimers();
  const page = (event: CimInstance, given: DeliveryContext) => {
    context = given;
    paged.push(event);
  };
  service = await pagingService(page, {
    timers,
    consumers: { commandLine: async (command) => void commands.push(command) },
  });
  await letWrite(service);
});

afterEach(() => service[Symbol.asyncDispose]());

const put = async (className: string, properties: Record<string, unknown>, as: Principal) => {
  const services = await open(service, 'root\\subscription', as);
  return services.putInstance(await made(services, className, properties));
};

async function doors(): Promise<unknown[]> {
  await settled();
  return paged.map(({ properties }) => properties['Door']);
}

describe('all three parts have one creator', () => {
  const parts = [
    ['filter', 'ann', 'ben', 'ben'],
    ['consumer', 'ben', 'ann', 'ben'],
    ['binding', 'ben', 'ben', 'ann'],
  ] as const;
  const people: Readonly<Record<string, Principal>> = { ann, ben, adm, root };

  test.each(parts)('AC-5.5 a %s of another user leaves the others without effect', async (_, f, c, b) => {
    const Filter = await put('__EventFilter', ALARMS, people[f]!);
    const Consumer = await put('Acme_Pager', { Name: 'c' }, people[c]!);
    await put('__FilterToConsumerBinding', { Filter, Consumer }, people[b]!);
    service.raise('Acme_Alarm', { Door: 1 });
    expect(await doors()).toEqual([]);
    expect(service.subscriptionCounts().filters).toBe(0);
  });

  test('AC-5.6 two administrators count as one', async () => {
    const Filter = await put('__EventFilter', ALARMS, adm);
    const Consumer = await put('Acme_Pager', { Name: 'c' }, root);
    await put('__FilterToConsumerBinding', { Filter, Consumer }, adm);
    service.raise('Acme_Alarm', { Door: 1 });
    expect(await doors()).toEqual([1]);
    expect(context?.creator).toBe('S-1-5-32-544');
  });

  test('a subscription ends when somebody else changes a part, and is back when its creator does', async () => {
    await install(service, { as: adm });
    await put('Acme_Pager', { Name: 'c' }, ann);
    service.raise('Acme_Alarm', { Door: 1 });
    await put('Acme_Pager', { Name: 'c' }, root);
    service.raise('Acme_Alarm', { Door: 2 });
    expect(await doors()).toEqual([2]);
  });
});

describe('the creator of a consumer that runs commands or scripts', () => {
  const command = { ExecutablePath: '/bin/true' };
  const script = { ScriptingEngine: 'VBScript', ScriptText: 'x' };

  test('AC-5.8 who is no administrator may create one, and it is never launched', async () => {
    const services = await install(service, {
      as: ann,
      consumerClass: 'CommandLineEventConsumer',
      consumer: command,
    });
    expect(service.subscriptionCounts().filters).toBe(1);
    const failures = await (await open(service, 'root\\subscription')).execNotificationQuery(
      'SELECT * FROM __ConsumerFailureEvent',
    );
    service.raise('Acme_Alarm', { Door: 1 });
    await settled();
    expect(commands).toEqual([]);
    expect(await received(failures)).toMatchObject([
      {
        properties: {
          ErrorCode: 0x80041003,
          Event: { properties: { Door: 1 } },
          IntendedConsumer: 'CommandLineEventConsumer.Name="c"',
        },
      },
    ]);
    await services[Symbol.asyncDispose]();
  });

  test('AC-5.8 an administrator is launched', async () => {
    await install(service, { as: adm, consumerClass: 'CommandLineEventConsumer', consumer: command });
    service.raise('Acme_Alarm', { Door: 1 });
    await settled();
    expect(commands).toMatchObject([{ executable: '/bin/true', args: [] }]);
  });

  test('rules 9.15 a script is never run, whoever created it', async () => {
    await install(service, { as: adm, consumerClass: 'ActiveScriptEventConsumer', consumer: script });
    const services = await open(service, 'root\\subscription');
    const failures = await services.execNotificationQuery('SELECT * FROM __ConsumerFailureEvent');
    service.raise('Acme_Alarm', {});
    await settled();
    expect(await received(failures)).toMatchObject([
      { properties: { ErrorCode: 0x80041003, ErrorDescription: expect.stringContaining('runs no scripts') } },
    ]);
  });

  test('rules 9.15 membership is asked for when the event comes, not when the consumer is made', async () => {
    await service.accounts.addUser({ name: 'eve', password: 'long enough 1', groups: ['Administrators'] });
    const eve = await service.accounts.logon({ user: 'eve', password: 'long enough 1', remote: false });
    // Logged on unelevated: her own SID is stored.
    const services = await service.accounts.logon({
      user: 'eve',
      password: 'long enough 1',
      remote: false,
      elevated: false,
    });
    await install(service, { as: services, consumerClass: 'CommandLineEventConsumer', consumer: command });
    service.raise('Acme_Alarm', { Door: 1 }, { as: eve });
    await settled();
    expect(commands).toHaveLength(1);
    await service.accounts.removeFromGroup('eve', 'Administrators');
    service.raise('Acme_Alarm', { Door: 2 });
    await settled();
    service.raise('Acme_Alarm', { Door: 3 });
    await settled();
    expect(commands).toHaveLength(1);
  });
});

describe('the creator as a reader of the namespace', () => {
  test('rules 5.7 a filter takes events only from a namespace that its creator may read', async () => {
    await secure(service, 'cimv2', KEEPS_OUT);
    await install(service, { as: ann });
    expect(service.subscriptionCounts().filters).toBe(0);
    service.raise('Acme_Alarm', { Door: 1 });
    await install(service, { as: ben });
    service.raise('Acme_Alarm', { Door: 2 });
    expect(await doors()).toEqual([2]);
  });

  test('a right that is given later activates the filter, and one that is taken away ends it', async () => {
    await secure(service, 'cimv2', KEEPS_OUT);
    await install(service, { as: ann });
    await secure(service, 'cimv2', LETS_IN);
    service.raise('Acme_Alarm', { Door: 1 });
    await settled();
    await secure(service, 'cimv2', KEEPS_OUT);
    service.raise('Acme_Alarm', { Door: 2 });
    expect(await doors()).toEqual([1]);
    expect(service.subscriptionCounts().filters).toBe(0);
  });

  test('a creator whose groups cannot be known gets nothing', async () => {
    await install(service, { as: person('stranger') });
    service.raise('Acme_Alarm', { Door: 1 });
    expect(await doors()).toEqual([]);
    await install(service, { as: ann });
    service.raise('Acme_Alarm', { Door: 2 });
    expect(await doors()).toEqual([2]);
  });

  test('a creator receives no event that its descriptor keeps from them', async () => {
    await install(service, { as: ann });
    service.raise('Acme_Alarm', {
      Door: 1,
      SECURITY_DESCRIPTOR: descriptorBytes('O:BAG:BAD:(A;;0x40;;;BA)'),
    });
    service.raise('Acme_Alarm', {
      Door: 2,
      SECURITY_DESCRIPTOR: descriptorBytes('O:BAG:BAD:(A;;0x40;;;AU)'),
    });
    expect(await doors()).toEqual([2]);
  });
});

describe('rules 5.8 the publisher', () => {
  const raiser = person('raiser', { impLevel: 3 });

  test.each([
    ['is shown to a consumer that maintains its context', true, raiser, 'raiser'],
    ['is not shown without MaintainSecurityContext', false, raiser, null],
    ['is not shown when it lets nobody impersonate it', true, person('shy', { impLevel: 2 }), null],
  ])('%s', async (_, MaintainSecurityContext, as, name) => {
    await install(service, { binding: { MaintainSecurityContext } });
    service.raise('Acme_Alarm', {}, { as });
    await settled();
    expect(context?.publisher?.name ?? null).toBe(name);
  });
});
