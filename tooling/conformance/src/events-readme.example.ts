import { setTimeout as busyElsewhere } from 'node:timers/promises';
import { connect } from '@wmisec/auth';
import { createService, extrinsicEventClass } from '@wmisec/embedded';
import { watch } from '@wmisec/events';
import { defineClass, WbemError } from '@wmisec/wbem';

const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});
await using service = await createService({ providers: [{ name: 'Alarms', classes: [alarm] }] });
await using connection = await connect('root\\cimv2', { transport: service.transport() });

const alarms = await watch<{ Door: number }>(connection, 'SELECT * FROM Acme_Alarm WHERE Door > 1', {
  buffer: { max: 2, onFull: 'dropOldest' },
  timeoutMs: 100,
});
for (const Door of [1, 2, 3, 4]) service.raise('Acme_Alarm', { Door });
await busyElsewhere(50);

try {
  for await (const item of alarms) {
    if (item.kind === 'event') console.log(item.className, item.event.Door);
    else console.log('missed', item.count, 'because of the', item.reason);
  }
} catch (error) {
  if (error instanceof WbemError) console.log(error.code);
}
