import type { Connection } from '@wmisec/auth';
import type { WbemServices } from '@wmisec/wbem';

/** What the verbs use of a connection. */
export interface SessionConnection extends AsyncDisposable {
  readonly services: WbemServices;
  /** A new connection from the same arguments. */
  reconnect(): Promise<SessionConnection>;
}

/** A connection whose services, also after it has been made anew, are what `wrap` makes of them. */
export function sessionConnection(
  connection: Connection,
  wrap: (services: WbemServices) => WbemServices,
): SessionConnection {
  return {
    services: wrap(connection.services),
    reconnect: async () => sessionConnection(await connection.reconnect(), wrap),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
