import { type PropertyBag, type SinkCheck, WbemError, WbemStatus } from '@wmisec/wbem';
import { bufferLimits } from '../watch-options.ts';
import { EventReceiver } from './event-receiver.ts';
import type { EventHandler, ReceiveOptions } from './receive-options.ts';
import type { ReceivingConnection } from './receiving-connection.ts';

/**
 * Subscribes to events that the service brings: it calls into this process, through a stub that lets the account of its
 * machine through and nobody else. Where nothing can check that, nothing is subscribed to. Prefer `watch`, which lets
 * nobody in.
 *
 *     await using receiver = await receive(connection, 'SELECT * FROM Acme_Alarm', (item) => {
 *       if (item.kind === 'event') console.log(item.event);
 *     });
 *
 * A query that the service cannot answer is told by `ended`: only rights, and text that is missing or too long, are
 * looked at before this resolves.
 * @param connection borrowed: with it the receiver ends.
 * @throws WbemError `E_NOINTERFACE` without stubs that check, `WBEM_E_NOT_SUPPORTED` without asynchronous calls,
 *   `WBEM_E_ACCESS_DENIED`, `WBEM_E_INVALID_PARAMETER`, `WBEM_E_QUOTA_VIOLATION`, `WBEM_E_CALL_CANCELLED` after the
 *   signal.
 * @throws WmisecError `INVALID_ARGUMENT` for an option out of its range.
 * @see docs/rules.md 3.5, 3.6
 */
export function receive<Event extends PropertyBag = PropertyBag, Target extends PropertyBag = PropertyBag>(
  connection: ReceivingConnection,
  wql: string,
  handler: EventHandler<Event, Target>,
  options: ReceiveOptions = {},
): Promise<EventReceiver<Event, Target>> {
  return receiveThrough('check', connection, wql, handler, options);
}

/**
 * The same with a stub that lets everybody through: whoever reaches it can make up events. For services that call back
 * under an account that is not their machine's, in a network where everybody is trusted.
 * @throws what `receive` throws.
 * @see docs/rules.md 3.1
 */
export function dangerouslyReceiveUnchecked<
  Event extends PropertyBag = PropertyBag,
  Target extends PropertyBag = PropertyBag,
>(
  connection: ReceivingConnection,
  wql: string,
  handler: EventHandler<Event, Target>,
  options: ReceiveOptions = {},
): Promise<EventReceiver<Event, Target>> {
  return receiveThrough('dontCheck', connection, wql, handler, options);
}

async function receiveThrough<Event extends PropertyBag, Target extends PropertyBag>(
  check: SinkCheck,
  connection: ReceivingConnection,
  wql: string,
  handler: EventHandler<Event, Target>,
  { buffer = {}, signal }: ReceiveOptions,
): Promise<EventReceiver<Event, Target>> {
  const limits = bufferLimits('receive', buffer);
  if (signal?.aborted)
    throw new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, undefined, { operation: 'receive' });
  return EventReceiver.open({ connection, wql, check, handler, limits, signal });
}
