import type { PropertyBag } from '@wmisec/wbem';
import { EventWatch } from './event-watch.ts';
import { SubscriptionLink } from './subscription-link.ts';
import { type WatchOptions, watchLimits } from './watch-options.ts';
import type { WatchedConnection } from './watched-connection.ts';

/**
 * Subscribes to events, semisynchronously: the client asks for them, so that nobody calls into it. The subscription
 * stands when the promise resolves.
 *
 *     for await (const item of await watch(connection, 'SELECT * FROM Acme_Alarm'))
 *       if (item.kind === 'event') console.log(item.event);
 *
 * @param connection borrowed: it has to stay open as long as the watch. Those that a lost one is replaced by are
 *   the watch's own.
 * @throws WbemError
 *   `WBEM_E_INVALID_QUERY`, `WBEM_E_INVALID_CLASS`, `WBEM_E_NOT_EVENT_CLASS`, `WBEMESS_E_REGISTRATION_TOO_PRECISE`
 *   and the other codes of docs/rules.md 5.6, `WBEM_E_ACCESS_DENIED`, `WBEM_E_CALL_CANCELLED`.
 * @throws WmisecError `INVALID_ARGUMENT` for an option out of its range.
 */
export async function watch<
  Event extends PropertyBag = PropertyBag,
  Target extends PropertyBag = PropertyBag,
>(
  connection: WatchedConnection,
  wql: string,
  options: WatchOptions = {},
): Promise<EventWatch<Event, Target>> {
  const limits = watchLimits(options);
  const { signal = new AbortController().signal } = options;
  const link = await SubscriptionLink.over(connection, wql, signal);
  return new EventWatch<Event, Target>({ connection, wql, limits, link, signal });
}
