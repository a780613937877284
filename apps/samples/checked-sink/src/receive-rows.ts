import { IWbemObjectSink } from '@wmisec/com-core';
import type { ApartmentThread, CallerRule } from '@wmisec/privileges';
import { AuthnLevel, failed, WbemError, WbemStatus } from '@wmisec/wbem';
import type { SinkReport } from './row-sink.ts';

/** The modules of the apartment's thread, built beside this file. */
const rowSink = new URL('./row-sink.js', import.meta.url);
const asyncQuery = new URL('./async-query.js', import.meta.url);

export interface RowRequest {
  /** `\\SRV01\root\cimv2` */
  readonly namespace: string;
  readonly query: string;
  /** The property that is shown of each row. */
  readonly property: string;
  /** Whose calls the sink takes. */
  readonly expected: CallerRule;
  readonly onRow: (text: string | null) => void;
  /** Hears why a call was refused. */
  readonly onRefused: (reason: string) => void;
  /** Ends the wait: from somebody who is refused nobody hears that it is over. */
  readonly signal: AbortSignal;
}

/**
 * Asks a query whose rows a machine delivers to a sink of this process. Whoever can reach a sink can call it, so the
 * account of each caller is compared with the one expected before the call is looked at.
 * @throws WbemError the failure that the query ended with; `WBEM_E_CALL_CANCELLED` after the signal.
 * @throws WmisecError `UNKNOWN_ACCOUNT` for a machine that has no account.
 * @see docs/rules.md 4.2
 */
export async function receiveRows(apartment: ApartmentThread, request: RowRequest): Promise<void> {
  const { namespace, query, property, expected, onRow, onRefused, signal } = request;
  const end = ending(signal);
  await using sink = await apartment.host({
    module: rowSink,
    args: [property],
    policy: { rule: expected, minimumAuthnLevel: AuthnLevel.PktIntegrity },
    onData(data) {
      const report = data as SinkReport;
      if (report.kind === 'row') onRow(report.text);
      else end.reached(report.hresult);
    },
    onRefused: (_method, reason) => onRefused(reason),
  });
  const pointer = sink.pointer(IWbemObjectSink);
  const services = await apartment.run(asyncQuery, 'start', [namespace, query, pointer]);
  try {
    await end.promise;
  } finally {
    if (signal.aborted) await apartment.run(asyncQuery, 'cancel', [services, pointer]);
    await apartment.run(asyncQuery, 'release', [services]);
  }
}

/** A promise that the final status settles, or the signal. */
function ending(signal: AbortSignal) {
  let reached!: (hresult: number) => void;
  const promise = new Promise<void>((resolve, reject) => {
    const cancelled = () => reject(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED));
    if (signal.aborted) cancelled();
    signal.addEventListener('abort', cancelled, { once: true });
    reached = (hresult) => (failed(hresult) ? reject(new WbemError(hresult)) : resolve());
  });
  promise.catch(() => {}); // It may settle before anybody waits for it.
  return { promise, reached };
}
