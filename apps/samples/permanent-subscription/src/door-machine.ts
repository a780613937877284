import { createService, type EmbeddedService, extrinsicEventClass } from '@wmisec/embedded';
import { defineClass } from '@wmisec/wbem';

const alarmClass = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});

/** Plays a machine with doors, where log files may be written to one folder. */
export function startDoorMachine(logFolder: string): Promise<EmbeddedService> {
  return createService({
    providers: [{ name: 'Doors', classes: [alarmClass] }],
    consumers: { logFolders: [logFolder] },
  });
}
