import { ComStatus, type ObjectSink, type SinkCheck, type UnsecuredApartment, WbemError } from '@wmisec/wbem';
import { type CallbackSettings, checksByDefault } from './callback-settings.ts';
import { EmbeddedStub } from './embedded-stub.ts';
import type { CallbackHost } from './guarded-sink.ts';
import { isSink } from './is-sink.ts';

const CHECKS: ReadonlySet<unknown> = new Set<SinkCheck>(['default', 'check', 'dontCheck']);

/** The client's `IWbemUnsecuredApartment`. @see docs/rules.md 3.5 */
export class EmbeddedApartment implements UnsecuredApartment {
  readonly #host: CallbackHost;
  readonly #settings: () => CallbackSettings;

  /** @param settings of the client's machine; read whenever a stub leaves it to them. */
  constructor(host: CallbackHost, settings: () => CallbackSettings) {
    this.#host = host;
    this.#settings = settings;
  }

  async createSinkStub(sink: ObjectSink, check: SinkCheck): Promise<EmbeddedStub> {
    if (!isSink(sink)) throw invalid('a sink with indicate and setStatus', sink);
    if (!CHECKS.has(check)) throw invalid('default, check or dontCheck', check);
    const checked = check === 'default' ? checksByDefault(this.#settings()) : check === 'check';
    return new EmbeddedStub(sink, check, this.#host, checked);
  }

  /** Stubs outlive it. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

function invalid(expected: string, got: unknown): WbemError {
  const message = `createSinkStub: expected ${expected}, got ${String(got).slice(0, 40)}`;
  return new WbemError(ComStatus.E_INVALIDARG, message, { operation: 'createSinkStub' });
}
