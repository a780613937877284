import { encodeSecurityDescriptor, parseSddl, type SecurityDescriptor } from '@wmisec/access';
import type { Batching, EventSink, PropertyBag } from '@wmisec/wbem';
import type { EventSchema } from '../schema/event-schema.ts';
import type { GivenRow } from '../schema/row-types.ts';
import type { EventSource, RaiseOptions } from './event-definition.ts';

interface SourceParts {
  readonly sink: EventSink;
  readonly namespace: string;
  readonly signal: AbortSignal;
  /** Makes a descriptor that lets in nobody whom the definition keeps out. */
  readonly narrow: (security: string) => SecurityDescriptor;
}

/** A sink of the host, as handlers use it. */
export class HostedEventSource implements EventSource {
  readonly namespace: string;
  readonly signal: AbortSignal;
  readonly #parts: SourceParts;

  /** @param security of its events; null for that of the sink above it. */
  constructor(parts: SourceParts, security: SecurityDescriptor | null) {
    this.namespace = parts.namespace;
    this.signal = parts.signal;
    this.#parts = parts;
    if (security !== null) parts.sink.setSinkSecurity(bytesOf(security));
  }

  raise<S extends EventSchema>(schema: S, event: GivenRow<S>, { security }: RaiseOptions = {}): void {
    const own = security === undefined ? {} : { SECURITY_DESCRIPTOR: [...bytesOf(security)] };
    const properties = { ...(event as PropertyBag), ...own };
    this.#parts.sink.indicate([{ className: schema.cls.className, properties }]);
  }

  restrict(queries: readonly string[], security?: string): EventSource {
    const own = security === undefined ? null : this.#parts.narrow(security);
    const sink = this.#parts.sink.restrict(queries);
    return new HostedEventSource({ ...this.#parts, sink }, own);
  }

  isActive(): boolean {
    return this.#parts.sink.isActive();
  }

  setBatching(batching: Batching): void {
    this.#parts.sink.setBatching(batching);
  }
}

function bytesOf(security: string | SecurityDescriptor): Uint8Array {
  return encodeSecurityDescriptor(typeof security === 'string' ? parseSddl(security) : security);
}
