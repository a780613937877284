import { defineClass, instanceOf } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { pager } from '../testing.ts';
import { ConsumerRegistry } from './consumer-registry.ts';
import type { EventConsumer } from './event-consumer.ts';

const loud = defineClass({ name: 'Acme_LoudPager', superclass: pager });
const louder = defineClass({ name: 'Acme_LouderPager', superclass: loud });
const SUBSCRIPTION = 'ROOT\\Subscription';

const consumer = (): EventConsumer => () => {};
const standard = { LogFileEventConsumer: { consume: consumer(), administratorsOnly: true } };

test('what carries out a class is what its name, or the nearest one above it, stands for', () => {
  const [page, shout] = [consumer(), consumer()];
  const registry = new ConsumerRegistry(standard, { acme_pager: page, Acme_LoudPager: shout });
  expect(registry.find(SUBSCRIPTION, instanceOf(pager))?.consume).toBe(page);
  expect(registry.find(SUBSCRIPTION, instanceOf(louder))?.consume).toBe(shout);
});

test('a class below a standard one keeps what is asked of its creator', () => {
  const base = defineClass({ name: 'LogFileEventConsumer' });
  const derived = defineClass({ name: 'Acme_Log', superclass: base });
  const registry = new ConsumerRegistry(standard);
  expect(registry.find(SUBSCRIPTION, instanceOf(derived))).toBe(standard.LogFileEventConsumer);
});

test('a name without a namespace is one of root\\subscription, and of no other namespace', () => {
  const here = consumer();
  const registry = new ConsumerRegistry(standard, {
    Acme_Pager: consumer(),
    'root\\Acme:Acme_LoudPager': here,
  });
  expect(registry.find('root\\acme', instanceOf(pager))).toBeNull();
  expect(registry.find('root\\acme', instanceOf(loud))?.consume).toBe(here);
  expect(registry.find(SUBSCRIPTION, instanceOf(loud))?.consume).not.toBe(here);
  expect(registry.find('root\\cimv2', instanceOf(defineClass({ name: 'LogFileEventConsumer' })))).toBeNull();
});

test.each(['logfileeventconsumer', 'root\\subscription:LogFileEventConsumer'])(
  'a custom one does not take the place of a standard one: %s',
  (name) => {
    expect(() => new ConsumerRegistry(standard, { [name]: consumer() })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  },
);
