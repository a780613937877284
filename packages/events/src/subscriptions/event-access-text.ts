import { formatSddl, parseSddl } from '@wmisec/access';
import { isEverybody, publishersOf } from './event-access.ts';
import { brokenRule, unsafe } from './refuse.ts';
import type { SubscriptionSpec } from './subscription-spec.ts';

/**
 * The text of `EventAccess`; null lets everybody raise the events.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a descriptor that cannot work.
 * @throws WmisecError `UNSAFE_SUBSCRIPTION` for one that is for everybody without saying so.
 * @throws ParseError `INVALID_SDDL`.
 * @see docs/rules.md 5.7
 */
export function eventAccessText(eventAccess: SubscriptionSpec['eventAccess']): string | null {
  if (eventAccess === 'everyone') return null;
  if (eventAccess === undefined || eventAccess === null || eventAccess === '')
    throw unsafe('expected eventAccess, who may raise the events, got none', "say 'everyone' if all may");
  if (typeof eventAccess !== 'string' && typeof eventAccess.dacl?.kind !== 'string')
    throw brokenRule('expected a descriptor or SDDL as eventAccess, got something else');
  const descriptor = typeof eventAccess === 'string' ? parseSddl(eventAccess) : eventAccess;
  if (descriptor.owner === null || descriptor.group === null)
    throw brokenRule('expected eventAccess with an owner and a group, without which nothing can be checked');
  const publishers = publishersOf(descriptor);
  if (publishers === null || publishers.some(isEverybody))
    throw unsafe('eventAccess lets everybody raise the events', "say 'everyone' if that is wanted");
  if (publishers.length === 0)
    throw brokenRule('expected eventAccess to grant WBEM_RIGHT_PUBLISH (LO in SDDL) to somebody, got nobody');
  return typeof eventAccess === 'string' ? eventAccess : formatSddl(descriptor);
}
