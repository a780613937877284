import { setTimeout as busyElsewhere } from 'node:timers/promises';
import { connect } from '@wmisec/auth';
import { createService, extrinsicEventClass } from '@wmisec/embedded';
import { receive } from '@wmisec/events';
import { defineClass } from '@wmisec/wbem';

const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});
await using service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }] });
await using connection = await connect('root\\cimv2', { transport: service.transport() });

const receiver = await receive<{ Door: number }>(connection, 'SELECT * FROM Acme_Alarm', async (item) => {
  if (item.kind === 'event') console.log(item.className, item.event.Door);
});
for (const Door of [1, 2]) service.raise('Acme_Alarm', { Door });
await busyElsewhere(50);

await receiver[Symbol.asyncDispose]();
service.raise('Acme_Alarm', { Door: 3 });
await receiver.ended;
console.log(receiver.counts);
