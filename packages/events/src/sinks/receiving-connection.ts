import type { UnsecuredApartment, WbemServices } from '@wmisec/wbem';

/** What receiving needs of a connection; `connect()` of `@wmisec/auth` makes such. */
export interface ReceivingConnection {
  readonly services: Pick<WbemServices, 'async'>;
  /** @throws WbemError `E_NOINTERFACE` where the transport makes no stubs. */
  unsecuredApartment(): Promise<UnsecuredApartment>;
}
