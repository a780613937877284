import type { WbemServices } from '@wmisec/wbem';

/** What a watch needs of a connection; `connect()` of `@wmisec/auth` makes such. */
export interface WatchedConnection {
  readonly services: Pick<WbemServices, 'execNotificationQuery'>;
  /** Another connection from the same arguments. */
  reconnect(): Promise<WatchedConnection & AsyncDisposable>;
}
