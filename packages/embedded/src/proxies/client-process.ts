import type { Principal } from '@wmisec/access';
import type { AuthIdentity, AuthnLevel } from '@wmisec/wbem';
import type { ClientSinks } from '../sinks/client-sinks.ts';

/** What the proxies of one connection know of the process that they are in. */
export interface ClientProcess {
  /** Who the process is to the service, or has logged on as; its levels are those of the process. */
  readonly principal: Principal;
  /** What it logged on with; null for its own token. */
  readonly identity: AuthIdentity | null;
  /** Whom the calling thread impersonates now, which only a cloaking proxy shows. */
  readonly thread: () => Principal | null;
  /** The cloaking that its proxies begin with, `CoInitializeSecurity`'s; default none. */
  readonly capabilities?: number;
  /** What the server puts into the negotiation of a level. */
  readonly hostLevel: AuthnLevel;
  /** Where it is called back. */
  readonly sinks: ClientSinks;
}
