import { connect } from '@wmisec/auth';
import { createService, eventConsumerClass, extrinsicEventClass } from '@wmisec/embedded';
import { type CimClass, defineClass, instanceOf } from '@wmisec/wbem';

const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32' },
});
const pager = defineClass({
  name: 'Acme_Pager',
  superclass: eventConsumerClass,
  properties: { Name: { type: 'string', key: true } },
});
await using service = await createService({
  providers: [{ name: 'Alarms', classes: [alarm] }],
  consumers: {
    custom: { Acme_Pager: (event, { creator }) => console.log('page', event.properties, creator) },
  },
});
const transport = service.transport();
await using subscriptions = await connect('root\\subscription', { transport });
const { services } = subscriptions;
await services.putClass(pager);

const made = async (className: string, properties: Record<string, unknown>) =>
  instanceOf((await services.getObject(className)) as CimClass, properties);
await services.putInstances?.([
  await made('__EventFilter', {
    Name: 'Doors',
    Query: 'SELECT Door FROM Acme_Alarm',
    QueryLanguage: 'WQL',
    EventNamespace: 'root\\cimv2',
    EventAccess: 'O:BAG:BAD:(A;;0x80;;;BA)',
  }),
  await made('Acme_Pager', { Name: 'Doors' }),
  await made('__FilterToConsumerBinding', {
    Filter: '__EventFilter.Name="Doors"',
    Consumer: 'Acme_Pager.Name="Doors"',
  }),
]);

service.raise('Acme_Alarm', { Door: 1 });
console.log('raised');
await new Promise(setImmediate);
console.log(service.subscriptionCounts());
