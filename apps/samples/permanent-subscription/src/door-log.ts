import type { SubscriptionSpec } from '@wmisec/events';

/** Keeps a line for every alarm, also when nobody is logged on, and takes alarms from administrators alone. */
export function doorLog(filename: string): SubscriptionSpec {
  return {
    name: 'Door log',
    query: 'SELECT * FROM Acme_Alarm',
    eventNamespace: 'root\\cimv2',
    eventAccess: 'O:BAG:BAD:(A;;LO;;;BA)',
    consumer: { kind: 'logFile', filename, text: 'alarm at door %Door%' },
  };
}
