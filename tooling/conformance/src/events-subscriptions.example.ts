import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { audit, installSubscription } from '@wmisec/events';

await using service = await createService({ providers: [] });
await using connection = await connect('root\\subscription', { transport: service.transport() });

const { filter } = await installSubscription(connection, {
  name: 'Doors',
  query: 'SELECT * FROM Acme_Alarm',
  eventNamespace: 'root\\acme',
  eventAccess: 'O:BAG:BAD:(A;;LO;;;BA)',
  consumer: {
    kind: 'commandLine',
    executablePath: 'C:\\Acme\\ring.exe',
    commandLineTemplate: 'ring.exe %Door%',
  },
});
console.log('created by', filter?.creator);

await using root = await connect('root', { transport: service.transport() });
const { findings } = await audit(root);
for (const { severity, rule, message } of findings) console.log(severity, rule, message);
