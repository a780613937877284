import { formatHresult, WbemStatus, WmisecError } from '@wmisec/wbem';
import { type EventLog, EventType } from './event-log/event-log.ts';
import type { FilterActivation } from './filter-activation.ts';

/** `WBEM_MC_CANNOT_ACTIVATE_FILTER`, whose code is 10. @see docs/rules.md 5.7 */
const CANNOT_ACTIVATE_FILTER = 0xc000000a;

/** Writes into the event log which filters are not active, and why: each reason once. */
export class ActivationLog {
  readonly #log: EventLog;
  readonly #told = new WeakMap<FilterActivation, string>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Never throws. */
  failed(namespace: string, activation: FilterActivation, error: unknown): void {
    const reason = reasonOf(error);
    if (this.#told.get(activation) === reason) return;
    this.#told.set(activation, reason);
    const strings = [
      `The event filter with the query "${activation.query}" is not active in ${namespace}: ${reason}`,
    ];
    const entry = { eventId: CANNOT_ACTIVATE_FILTER, type: EventType.Error, source: 'WinMgmt', strings };
    // A log that cannot be written must not take the service along.
    void this.#log.append({ ...entry, category: 0, data: null, user: null }).catch(() => {});
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof WmisecError)) return formatHresult(WbemStatus.WBEM_E_FAILED);
  const hresult = error.hresult === undefined ? '' : ` (${formatHresult(error.hresult)})`;
  return `${error.code}${hresult}: ${error.message}`;
}
