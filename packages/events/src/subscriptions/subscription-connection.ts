import type { WbemServices } from '@wmisec/wbem';

/** What subscriptions need of a connection; `connect()` of `@wmisec/auth` makes such. */
export interface SubscriptionConnection {
  /** Connected to the namespace of the subscriptions, `root\subscription`. */
  readonly services: WbemServices;
}
