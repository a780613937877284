import { type CimInstance, defineClass } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alarm } from '../events/testing.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { eventConsumerClass } from '../system-classes/event-classes.ts';
import { open } from '../testing.ts';
import { install, settled } from './testing.ts';

const pager = defineClass({
  name: 'Acme_Pager',
  superclass: eventConsumerClass,
  properties: { Name: { type: 'string', key: true } },
});
let service: EmbeddedService;
let paged: CimInstance[];

beforeEach(async () => {
  paged = [];
  service = await createService({
    providers: [{ name: 'Alarms', classes: [alarm] }],
    consumers: { custom: { Acme_Pager: (event) => void paged.push(event) } },
  });
  await (await open(service, 'root\\subscription')).putClass(pager);
});
afterEach(() => service[Symbol.asyncDispose]());

test('an event reaches the consumer that its filter is bound to', async () => {
  await install(service);
  service.raise('Acme_Alarm', { Door: 1 });
  await settled();
  expect(paged.map((e) => e.properties['Door'])).toEqual([1]);
});
