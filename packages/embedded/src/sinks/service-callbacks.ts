import type { Principal } from '@wmisec/access';
import { serviceAccount } from '../service/service-account.ts';
import type { CallbackSettings } from './callback-settings.ts';
import { ClientSinks } from './client-sinks.ts';
import { SinkTurn } from './sink-turn.ts';

export interface ClientCallbackOptions {
  /** Whether the client is on another machine, whose settings are its own. */
  readonly remote: boolean;
  readonly acceptsCallback?: ((caller: Principal) => boolean) | undefined;
  readonly callbackSettings?: (() => CallbackSettings) | undefined;
}

/** How the service calls back, and how its clients are called. */
export class ServiceCallbacks {
  /** As whom the service calls. */
  readonly account: Principal = serviceAccount();
  /** Those of the service's machine; read for each call. */
  readonly settings: () => CallbackSettings;
  readonly #turn = new SinkTurn();

  constructor(settings: () => CallbackSettings = noSettings) {
    this.settings = settings;
  }

  /** Where one client of this process is called. */
  clientSinks({ remote, acceptsCallback = everyone, callbackSettings }: ClientCallbackOptions): ClientSinks {
    const settings = callbackSettings ?? (remote ? noSettings : this.settings);
    return new ClientSinks({ accepts: acceptsCallback, turn: this.#turn }, settings);
  }
}

/** What Windows does with nothing set. */
function noSettings(): CallbackSettings {
  return {};
}

function everyone(): boolean {
  return true;
}
