import type { Sid } from '@wmisec/access';
import { connect } from '@wmisec/auth';
import { installSubscription } from '@wmisec/events';
import type { Transport } from '@wmisec/wbem';

/**
 * Has a bell ring at the alarms that one account raises. The service checks it: what others raise never comes here.
 * @param publisher such as that of the Windows service that watches the doors.
 */
export async function listenTo(publisher: Sid, transport?: Transport): Promise<void> {
  await using connection = await connect('root\\subscription', { transport });
  await installSubscription(connection, {
    name: 'Trusted alarms',
    query: 'SELECT * FROM Acme_Alarm',
    eventNamespace: 'root\\cimv2',
    eventAccess: `O:BAG:BAD:(A;;LO;;;${publisher})`,
    consumer: { kind: 'custom', className: 'Acme_Bell' },
  });
}
