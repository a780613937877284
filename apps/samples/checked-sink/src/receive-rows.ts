import { connect } from '@wmisec/auth';
import { checkedSink } from '@wmisec/events';
import type { CallerRule } from '@wmisec/privileges';
import { AuthnLevel, failed, type ObjectSink, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';

export interface RowRequest {
  /** `\\SRV01\root\cimv2` */
  readonly namespace: string;
  readonly query: string;
  /** Whose calls the sink takes. */
  readonly expected: CallerRule;
  readonly onRow: (row: PropertyBag) => void;
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
export async function receiveRows(request: RowRequest): Promise<void> {
  const { namespace, query, expected, onRow, onRefused, signal } = request;
  const { sink, ended } = rowSink(onRow, signal);
  const policy = { rule: expected, minimumAuthnLevel: AuthnLevel.PktIntegrity };
  await using stub = await checkedSink(sink, { policy, onRefused: (_method, reason) => onRefused(reason) });
  await using connection = await connect(namespace, { signal }); // Disposed first, which cancels the query.
  await connection.services.async?.execQueryAsync(query, stub);
  await ended;
}

/** A sink, and a promise that its final status settles, or the signal. */
function rowSink(onRow: (row: PropertyBag) => void, signal: AbortSignal) {
  let sink!: ObjectSink;
  const ended = new Promise<void>((resolve, reject) => {
    const cancelled = () => reject(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED));
    if (signal.aborted) cancelled();
    signal.addEventListener('abort', cancelled, { once: true });
    sink = {
      indicate(objects) {
        for (const object of objects) if (object.kind === 'instance') onRow(object.properties);
      },
      setStatus: ({ status }) => (failed(status) ? reject(new WbemError(status)) : resolve()),
    };
  });
  ended.catch(() => {}); // It may settle before anybody waits for it.
  return { sink, ended };
}
