import { callbackCaller, type Principal, refused, requirePassed, type Sid } from '@wmisec/access';
import {
  authnLevelName,
  type CimObject,
  ComStatus,
  type ObjectSink,
  type SinkStatus,
  WbemError,
} from '@wmisec/wbem';
import type { CallbackTarget } from './callback-target.ts';
import type { SinkTurn } from './sink-turn.ts';

/** What the client's machine does with a callback before a sink hears of it. */
export interface CallbackHost {
  /** Whether a call from this caller, at its level, gets into the process at all. */
  readonly accepts: (caller: Principal) => boolean;
  readonly turn: SinkTurn;
}

/** A sink and who may call it: the one place where that is decided. */
export class GuardedSink implements CallbackTarget {
  readonly checked: boolean;
  readonly #sink: ObjectSink;
  readonly #host: CallbackHost;
  #origin: Sid | null = null;
  #references = 0;

  constructor(sink: ObjectSink, host: CallbackHost, checked: boolean) {
    this.checked = checked;
    this.#sink = sink;
    this.#host = host;
  }

  /** Calls under way that keep it. */
  get references(): number {
    return this.#references;
  }

  indicate(caller: Principal, objects: readonly CimObject[]): Promise<void> {
    return this.#call('indicate', caller, () => this.#sink.indicate(objects));
  }

  setStatus(caller: Principal, status: SinkStatus): Promise<void> {
    return this.#call('setStatus', caller, () => this.#sink.setStatus(status));
  }

  hold(account: Sid): () => void {
    if (this.checked && this.#origin !== null && this.#origin !== account) throw givenToAnother(this.#origin);
    this.#origin = account;
    this.#references++;
    let held = true;
    return () => {
      if (held) this.#references--;
      held = false;
    };
  }

  /** A sink that answers with a promise against its contract is waited for, so that its failure is noticed. */
  async #call(operation: string, caller: Principal, run: () => unknown): Promise<void> {
    this.requireAlive(operation);
    this.#admit(operation, caller);
    try {
      await this.#host.turn.run(run);
    } catch (cause) {
      throw new WbemError(ComStatus.E_FAIL, `the sink failed in ${operation}: ${messageOf(cause)}`, {
        operation,
        cause,
      });
    }
  }

  /** @throws WbemError `RPC_E_DISCONNECTED` once it is released. */
  protected requireAlive(_operation: string): void {}

  #admit(operation: string, caller: Principal): void {
    if (this.#host.accepts(caller) !== true) requirePassed(notAccepted(caller), operation);
    const state = { checks: this.checked, origin: this.#origin };
    requirePassed(callbackCaller(caller, {}, state), operation);
  }
}

function notAccepted({ authnLevel }: Principal) {
  return refused(ComStatus.E_ACCESSDENIED, 'callback-host', {
    missing: [],
    fix: `let callbacks at ${authnLevelName(authnLevel)} into the client's process`,
  });
}

function givenToAnother(origin: Sid): WbemError {
  const message = `the stub answers to ${origin}, to whom it was given first: make another one for this service`;
  return new WbemError(ComStatus.E_ACCESSDENIED, message);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'it threw something that is no error';
}
