import { setImmediate } from 'node:timers/promises';
import type { PropertyBag, Provider } from '@wmisec/wbem';
import type { RowBatches } from '../instances/instance-source.ts';
import { raceAbort } from '../server/race-abort.ts';
import type { ServerCall } from '../server/server-call.ts';
import { callProvider, providerError } from './call-provider.ts';
import type { CallerLoan } from './caller-of.ts';
import type { Impersonation } from './impersonation.ts';

/** How many batches may follow each other before timers and other calls get their turn. */
const BATCHES_PER_TURN = 64;

export interface RowsScope {
  readonly impersonation: Impersonation;
  /** Is over with the rows. */
  readonly loan: CallerLoan;
}

/**
 * A provider's batches, pulled one at a time as they are wanted. A provider that hangs is left behind when the
 * call ends; one that fails ends the rows with the error that `providerError` makes.
 */
export async function* providerRows(
  provider: Provider,
  call: ServerCall,
  { impersonation, loan }: RowsScope,
  open: () => RowBatches,
): AsyncGenerator<readonly PropertyBag[], void> {
  const opening = callProvider(provider, call, () => impersonation.runAsItself(open));
  const batches = await opening.catch((error: unknown) => {
    loan.over = true;
    throw error;
  });
  const iterator =
    Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  let finished = false;
  try {
    for (let batch = 1; ; batch++) {
      if (batch % BATCHES_PER_TURN === 0) await setImmediate();
      const { done, value } = await raceAbort(call.signal, () =>
        impersonation.runAsItself(() => iterator.next()),
      );
      if (done) break;
      if (!Array.isArray(value)) throw new TypeError(`a batch is an array of rows, got ${typeof value}`);
      yield value;
    }
    finished = true;
  } catch (cause) {
    finished = !call.signal.aborted;
    throw providerError(provider, call, cause);
  } finally {
    loan.over = true;
    if (!finished) letGo(iterator);
  }
}

/** Tells the provider that no more is wanted, and does not wait for it. */
function letGo(iterator: Iterator<unknown> | AsyncIterator<unknown>): void {
  void (async () => iterator.return?.())().catch(() => {});
}
