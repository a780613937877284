import type { PropertyBag, UnsecuredApartment } from '@wmisec/wbem';
import type { EventReceiver } from '../sinks/event-receiver.ts';
import { receive } from '../sinks/receive.ts';
import type { EventHandler, ReceiveOptions } from '../sinks/receive-options.ts';
import type { ReceivingConnection } from '../sinks/receiving-connection.ts';
import { type CheckedSinkOptions, checkedSink } from './checked-sink.ts';

/**
 * `receive` without Unsecapp: the service calls an apartment of this process, which checks each call against a policy of
 * yours. For a service whose calls come under another account than its machine's, or where the level counts.
 *
 *     const policy = {
 *       rule: { kind: 'machine', machine: 'CORP\\SRV01' },
 *       minimumAuthnLevel: AuthnLevel.PktPrivacy,
 *     } as const;
 *     await using receiver = await receiveInApartment(connection, wql, handler, { policy });
 *
 * A call from another machine reaches this process only if its firewall and COM's own access permissions allow it.
 * @throws what `receive` and `checkedSink` throw.
 * @see docs/rules.md 3.2, 3.7
 */
export function receiveInApartment<
  Event extends PropertyBag = PropertyBag,
  Target extends PropertyBag = PropertyBag,
>(
  connection: Pick<ReceivingConnection, 'services'>,
  wql: string,
  handler: EventHandler<Event, Target>,
  options: ReceiveOptions & CheckedSinkOptions,
): Promise<EventReceiver<Event, Target>> {
  const stubs: UnsecuredApartment = {
    createSinkStub: (sink) => checkedSink(sink, options),
    [Symbol.asyncDispose]: async () => {},
  };
  return receive(
    { services: connection.services, unsecuredApartment: async () => stubs },
    wql,
    handler,
    options,
  );
}
