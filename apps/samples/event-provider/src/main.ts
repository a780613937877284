import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { WbemError } from '@wmisec/wbem';
import { doorEvents } from './door-events.ts';
import { PEOPLE } from './people.ts';

const QUERY = 'SELECT * FROM Acme_DoorOpened';
const events = doorEvents();
await using service = await createService({ providers: [events.definition] });

const subscriptions = [];
for (const person of Object.values(PEOPLE)) {
  const { services } = await connect('root\\cimv2', { transport: service.transport({ as: person }) });
  try {
    subscriptions.push({ person, rows: await services.execNotificationQuery(QUERY) });
    console.log(`${person.name}: subscribed`);
  } catch (error) {
    if (!(error instanceof WbemError)) throw error;
    console.log(`${person.name}: ${error.code}`);
  }
}

events.open(1, 'ann');
events.open(2, 'ben', { secretly: true });
events.openVault('ben');

for (const { person, rows } of subscriptions) {
  const { objects } = await rows.next(10);
  for (const { shape, properties } of objects)
    console.log(`${person.name}: ${shape.className}, door ${properties['Door']}, ${properties['Who']}`);
}
