import { logonToken, type Principal, refused, requirePassed, WellKnownSid } from '@wmisec/access';
import {
  AuthnLevel,
  AuthnService,
  authnLevelName,
  type CimObject,
  ComStatus,
  type SinkStatus,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { type CallbackRoute, callbackLevels } from './callback-levels.ts';
import type { CallbackSettings } from './callback-settings.ts';
import type { CallbackTarget } from './callback-target.ts';

const REFUSED: ReadonlySet<number> = new Set([ComStatus.E_ACCESSDENIED, ComStatus.RPC_E_ACCESS_DENIED]);

/**
 * The service's way back into a client: as the service's account, at the highest level that gets through. A level that
 * was refused is not tried again.
 * @see docs/rules.md 3.2
 */
export class CallbackChannel {
  readonly #target: CallbackTarget;
  readonly #account: Principal;
  readonly #route: CallbackRoute;
  #levels: readonly AuthnLevel[];

  constructor(target: CallbackTarget, account: Principal, route: CallbackRoute, settings: CallbackSettings) {
    this.#target = target;
    this.#account = { ...account, remote: route.remote };
    this.#route = route;
    this.#levels = callbackLevels(route, settings);
  }

  /** False when no level has got through, and the client cannot be told anything. */
  get open(): boolean {
    return this.#levels.length > 0;
  }

  /**
   * @param signal after which no level is tried any more.
   * @throws WbemError what the target throws; `E_ACCESSDENIED`, or `WBEM_E_ACCESS_DENIED` where calls have to be
   *   encrypted, with the refusal, when no level gets through.
   */
  indicate(objects: readonly CimObject[], signal: AbortSignal): Promise<void> {
    return this.#send(signal, (caller) => this.#target.indicate(caller, objects));
  }

  /**
   * @param signal as of `indicate`; the last word has none.
   * @throws what `indicate` throws.
   */
  setStatus(status: SinkStatus, signal?: AbortSignal): Promise<void> {
    return this.#send(signal, (caller) => this.#target.setStatus(caller, status));
  }

  async #send(signal: AbortSignal | undefined, call: (caller: Principal) => Promise<void>): Promise<void> {
    for (const level of this.#levels) {
      signal?.throwIfAborted();
      try {
        return await call(this.#callerAt(level));
      } catch (error) {
        if (!(error instanceof WbemError) || !REFUSED.has(error.hresult)) throw error;
        this.#levels = this.#levels.filter((lower) => lower < level);
      }
    }
    requirePassed(this.#unreachable(), 'callback');
  }

  #callerAt(authnLevel: AuthnLevel): Principal {
    return authnLevel === AuthnLevel.None ? unidentified(this.#account) : { ...this.#account, authnLevel };
  }

  #unreachable() {
    const { encrypted } = this.#route;
    const needed = authnLevelName(AuthnLevel.PktPrivacy);
    if (encrypted)
      return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'requires-encryption', {
        missing: [needed],
        fix: `let callbacks into the client at ${needed}`,
      });
    return refused(ComStatus.E_ACCESSDENIED, 'callback', {
      missing: [],
      fix: 'let the callbacks of the service into the client, or ask semisynchronously',
    });
  }
}

/** A call without authentication shows nobody. @see docs/rules.md 4.3 */
function unidentified({ remote, impLevel }: Principal): Principal {
  return {
    name: 'ANONYMOUS LOGON',
    token: logonToken({ user: WellKnownSid.Anonymous }, { remote }),
    remote,
    authnService: AuthnService.None,
    authnLevel: AuthnLevel.None,
    impLevel,
  };
}
