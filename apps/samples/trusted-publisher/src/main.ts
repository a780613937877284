import { setTimeout as elsewhere } from 'node:timers/promises';
import { connect } from '@wmisec/auth';
import { watch } from '@wmisec/events';
import { startDoorMachine } from './door-machine.ts';
import { listenTo } from './listen-to.ts';
import { mallory, reader } from './people.ts';

const rung: unknown[] = [];
await using service = await startDoorMachine(({ Door }) => void rung.push(Door));
await using connection = await connect('root\\cimv2', { transport: service.transport() });

const anybody = await watch<{ Door: number }>(connection, 'SELECT * FROM Acme_Alarm');
await listenTo(reader.sid, service.transport());

service.raise('Acme_Alarm', { Door: 1 }, { as: reader });
service.raise('Acme_Alarm', { Door: 2 }, { as: mallory });
service.raise('Acme_Alarm', { Door: 3 }, { as: reader });

const watched: number[] = [];
for await (const item of anybody) {
  if (item.kind === 'event') watched.push(item.event.Door);
  if (watched.length === 3) break;
}
while (rung.length < 2) await elsewhere(1);

console.log(`a watch hears the alarms of doors ${watched.join(', ')}`);
console.log(`the bell rings for doors ${rung.join(', ')}`);
