import { WellKnownSid } from '@wmisec/access';
import { sameName } from '@wmisec/wbem';
import { propertyOf } from '../../subscriptions/property-of.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import { textOf } from '../subscription-evidence.ts';

/** A subscription that comes with Windows, by all that makes it what it is. */
interface KnownSubscription {
  readonly filter: string;
  readonly query: string;
  readonly consumer: string;
  readonly className: string;
  readonly properties: Readonly<Record<string, string>>;
}

const USUAL = 'root\\subscription';

/** Those that run something are left out on purpose: their files can be anybody's. */
export const KNOWN_SUBSCRIPTIONS: readonly KnownSubscription[] = [
  {
    filter: 'SCM Event Log Filter',
    query: 'select * from MSFT_SCMEventLogEvent',
    consumer: 'SCM Event Log Consumer',
    className: 'NTEventLogEventConsumer',
    properties: { SourceName: 'Service Control Manager', NameOfUserSidProperty: 'sid' },
  },
];

/** True for a subscription of Windows that is as Windows brings it. */
export function isKnown({ filter, consumer, binding }: Subscription): boolean {
  if (filter === null || consumer === null || binding === null) return false;
  const parts = [filter, consumer, binding];
  if (parts.some(({ namespace }) => !sameName(namespace, USUAL))) return false;
  if (parts.some(({ creator }) => creator !== WellKnownSid.Administrators)) return false;
  return KNOWN_SUBSCRIPTIONS.some(
    (known) =>
      known.filter === filter.name &&
      sameName(known.query, filter.query.trim()) &&
      known.consumer === consumer.name &&
      sameName(known.className, consumer.className) &&
      propertyOf(binding.properties, 'MaintainSecurityContext') !== true &&
      Object.entries(known.properties).every(([name, value]) => textOf(consumer, name) === value),
  );
}
