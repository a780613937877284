import { sameName } from '@wmisec/wbem';
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
  if ([filter, consumer, binding].some(({ namespace }) => !sameName(namespace, USUAL))) return false;
  return KNOWN_SUBSCRIPTIONS.some(
    (known) =>
      known.filter === filter.name &&
      sameName(known.query, filter.query.trim()) &&
      known.consumer === consumer.name &&
      sameName(known.className, consumer.className) &&
      binding.properties['MaintainSecurityContext'] !== true &&
      Object.entries(known.properties).every(([name, value]) => ofAnyCase(consumer, name) === value),
  );
}

/** The property is `NameOfUserSIDProperty` on some systems. */
function ofAnyCase(consumer: NonNullable<Subscription['consumer']>, name: string): string {
  const found = Object.keys(consumer.properties).find((each) => sameName(each, name));
  return found === undefined ? '' : textOf(consumer, found);
}
