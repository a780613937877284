import { type AsyncTarget, type ObjectSink, WbemError, WbemStatus } from '@wmisec/wbem';
import type { CallbackSettings } from './callback-settings.ts';
import { EmbeddedApartment } from './embedded-apartment.ts';
import { EmbeddedStub } from './embedded-stub.ts';
import { type CallbackHost, GuardedSink } from './guarded-sink.ts';
import { isSink } from './is-sink.ts';

/** The sinks and stubs that one client gives to its calls. */
export class ClientSinks {
  readonly #host: CallbackHost;
  readonly #settings: () => CallbackSettings;
  /** One for each sink, by which calls with the same sink are told together. */
  readonly #bare = new WeakMap<ObjectSink, GuardedSink>();

  /** @param settings of the client's machine. */
  constructor(host: CallbackHost, settings: () => CallbackSettings) {
    this.#host = host;
    this.#settings = settings;
  }

  /** True while one of the client's sinks is being called. */
  get calling(): boolean {
    return this.#host.turn.active;
  }

  apartment(): EmbeddedApartment {
    return new EmbeddedApartment(this.#host, this.#settings);
  }

  /**
   * What stands for a sink or a stub on the way to the service. A bare sink checks nobody.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for what is neither, for a released stub, and for one of another
   *   transport, which is not to be taken for a sink without a check.
   */
  targetOf(given: AsyncTarget | null): GuardedSink {
    if (given instanceof EmbeddedStub) return unreleased(given);
    if (typeof given !== 'object' || given === null) throw invalid('a sink or a stub', String(given));
    if ('stubOf' in given) throw invalid('a stub of this transport', 'one of another');
    if (!isSink(given)) throw invalid('a sink with indicate and setStatus', 'an object without');
    let guarded = this.#bare.get(given);
    if (guarded === undefined) {
      guarded = new GuardedSink(given, this.#host, false);
      this.#bare.set(given, guarded);
    }
    return guarded;
  }
}

function unreleased(stub: EmbeddedStub): EmbeddedStub {
  if (!stub.released) return stub;
  throw invalid('a stub', 'one that is released');
}

function invalid(expected: string, got: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `expected ${expected}, got ${got.slice(0, 40)}`);
}
