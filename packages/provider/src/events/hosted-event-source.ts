import { encodeSecurityDescriptor, parseSddl, type SecurityDescriptor } from '@wmisec/access';
import type { Batching, EventSink, PropertyBag } from '@wmisec/wbem';
import type { EventSchema } from '../schema/event-schema.ts';
import type { GivenRow } from '../schema/row-types.ts';
import type { EventSource, RaiseOptions } from './event-definition.ts';

/** A sink of the host, as handlers use it. */
export class HostedEventSource implements EventSource {
  readonly namespace: string;
  readonly signal: AbortSignal;
  readonly #sink: EventSink;

  /** @param security of its events; null for that of the sink above it. */
  constructor(sink: EventSink, namespace: string, signal: AbortSignal, security: string | null) {
    this.namespace = namespace;
    this.signal = signal;
    this.#sink = sink;
    if (security !== null) sink.setSinkSecurity(bytesOf(security));
  }

  raise<S extends EventSchema>(schema: S, event: GivenRow<S>, { security }: RaiseOptions = {}): void {
    const own = security === undefined ? {} : { SECURITY_DESCRIPTOR: [...bytesOf(security)] };
    const properties = { ...(event as PropertyBag), ...own };
    this.#sink.indicate([{ className: schema.cls.className, properties }]);
  }

  restrict(queries: readonly string[], security?: string): EventSource {
    const sink = this.#sink.restrict(queries);
    return new HostedEventSource(sink, this.namespace, this.signal, security ?? null);
  }

  isActive(): boolean {
    return this.#sink.isActive();
  }

  setBatching(batching: Batching): void {
    this.#sink.setBatching(batching);
  }
}

function bytesOf(security: string | SecurityDescriptor): Uint8Array {
  return encodeSecurityDescriptor(typeof security === 'string' ? parseSddl(security) : security);
}
