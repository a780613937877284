import type { AsyncTarget } from '@wmisec/wbem';
import type { SinkCall } from './listening-sink.ts';

/** The asynchronous calls of one services proxy, by the sink or stub that each was given. */
export class CallsUnderWay {
  readonly #calls = new Map<AsyncTarget, SinkCall[]>();

  add(sink: AsyncTarget, call: SinkCall): void {
    for (const known of this.sinks()) this.#calls.set(known, this.#open(known));
    this.#calls.set(sink, [...this.#open(sink), call]);
  }

  /** The sinks with a call that is not over. Forgets the others. */
  sinks(): AsyncTarget[] {
    for (const sink of [...this.#calls.keys()]) if (this.#open(sink).length === 0) this.#calls.delete(sink);
    return [...this.#calls.keys()];
  }

  /** Ends the calls of all sinks with a status. */
  end(status: number): void {
    for (const calls of this.#calls.values()) for (const call of calls) call.end(status);
    this.#calls.clear();
  }

  #open(sink: AsyncTarget): SinkCall[] {
    return (this.#calls.get(sink) ?? []).filter((call) => !call.over);
  }
}
