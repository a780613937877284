import { channel } from 'node:diagnostics_channel';
import type { Writable } from 'node:stream';
import type { Refused } from '@wmisec/access';
import type { ServerCall } from '../server/server-call.ts';
import { type Clock, systemClock } from '../service/clock.ts';
import { JsonLines } from './json-lines.ts';
import { REFUSAL_CHANNEL, refusalLine, refusalRecord } from './refusal-record.ts';

export interface AuditOptions {
  /** Gets one line of JSON for every refusal. Yours to end. Default: none. */
  readonly jsonLines?: Writable | undefined;
}

/**
 * Tells those who keep the service which calls were refused, by its gates or by a provider. A provider that ends with
 * fewer rows and a success, `WBEM_S_ACCESS_DENIED`, refuses nothing.
 * @see docs/rules.md 9.6
 */
export class Audit {
  readonly #channel = channel(REFUSAL_CHANNEL);
  readonly #lines: JsonLines | null;
  readonly #clock: Clock;

  constructor({ jsonLines }: AuditOptions = {}, clock: Clock = systemClock) {
    this.#lines = jsonLines === undefined ? null : new JsonLines(jsonLines);
    this.#clock = clock;
  }

  /** False when nobody listens: then nothing has to be made. */
  get isHeard(): boolean {
    return this.#lines !== null || this.#channel.hasSubscribers;
  }

  refused(call: ServerCall, namespace: string, outcome: Refused): void {
    if (!this.isHeard) return;
    const record = refusalRecord(call, namespace, outcome, this.#clock.now());
    this.#lines?.write(refusalLine(record));
    this.#channel.publish(record);
  }
}
