import { encodeSid, WellKnownSid } from '@wmisec/access';
import { type CimInstance, defineClass, instanceOf, type PropertySpec } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import type { FakeNamespace } from '../subscriptions/testing.ts';
import { machine, plant, rulesFor } from './testing.ts';

let root: FakeNamespace;
let subscription: FakeNamespace;

beforeEach(() => {
  ({ root, subscription } = machine());
});

const CREATOR = Array.from(encodeSid(WellKnownSid.Administrators));

/** An instance of a class of somebody's own, who spells the names of its properties as he likes. */
function spelled(name: string, path: string, properties: Readonly<Record<string, unknown>>): CimInstance {
  const specs = Object.keys(properties).map((each) => [each, each === 'CREATORSID' ? 'uint8[]' : 'string']);
  const cls = defineClass({ name, properties: Object.fromEntries(specs) as Record<string, PropertySpec> });
  return { ...instanceOf(cls, properties), path };
}

test('a command is found whatever case its class spells CommandLineTemplate in', async () => {
  plant(subscription, { className: 'CommandLineEventConsumer' });
  const path = 'CommandLineEventConsumer.Name="x"';
  const consumer = spelled('CommandLineEventConsumer', path, {
    ...{ NAME: 'x', commandlinetemplate: 'mshta http://x', CREATORSID: CREATOR },
  });
  subscription.instances.set(path.toLowerCase(), {
    ...consumer,
    shape: { ...consumer.shape, derivation: ['__EventConsumer'] },
  });
  expect(await rulesFor(root)).toEqual(['runs-command', 'suspicious-command']);
});

test('a query and who may raise its events are found whatever case their names have', async () => {
  plant(subscription);
  const path = '__EventFilter.Name="x"';
  const properties = {
    NAME: 'x',
    query: 'select (',
    EVENTACCESS: 'O:BAG:BAD:(A;;LO;;;WD)',
    CREATORSID: CREATOR,
  };
  subscription.instances.set(path.toLowerCase(), spelled('__EventFilter', path, properties));
  expect(await rulesFor(root)).toEqual(['event-access-wide', 'unreadable-query']);
});
