import { connect } from '@wmisec/auth';
import { createService, type EmbeddedService, extrinsicEventClass } from '@wmisec/embedded';
import { defineClass, type PropertyBag } from '@wmisec/wbem';
import { mallory, reader } from './people.ts';

const alarmClass = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});

const bellClass = defineClass({
  name: 'Acme_Bell',
  superclass: '__EventConsumer',
  properties: { Name: { type: 'string', key: true } },
});

/** Plays a machine with doors and a bell. On Windows the bell is an event consumer provider. */
export async function startDoorMachine(ring: (alarm: PropertyBag) => void): Promise<EmbeddedService> {
  const service = await createService({
    providers: [{ name: 'Doors', classes: [alarmClass] }],
    principals: [reader, mallory],
    consumers: { custom: { Acme_Bell: (event) => ring(event.properties) } },
  });
  await using connection = await connect('root\\subscription', { transport: service.transport() });
  await connection.services.putClass(bellClass);
  return service;
}
