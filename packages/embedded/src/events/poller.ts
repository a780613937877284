import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import type { Polling } from './event-query.ts';
import { compareSnapshots, type Snapshot, type StateChange, takeSnapshot } from './snapshot.ts';
import type { Timers } from './timers.ts';

export interface PollerOptions {
  readonly namespace: Namespace;
  readonly polling: Polling;
  readonly timers: Timers;
  /** As whom the providers are asked; its signal ends the polling. */
  readonly call: ServerCall;
  /** Judges the caller before each round. @throws WbemError `WBEM_E_ACCESS_DENIED`. */
  readonly admit: (call: ServerCall) => void;
  readonly onChange: (change: StateChange) => void;
  /** Ends the polling too. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Finds out about providers' instances what the providers do not tell: takes a snapshot now, and compares it with
 * another one each interval. A round begins only when the one before has ended.
 * @returns once the first snapshot is there: whatever changes after that is noticed.
 * @throws what the providers throw for the first snapshot.
 */
export async function startPolling(options: PollerOptions): Promise<void> {
  const { namespace, polling, call } = options;
  wait(options, await takeSnapshot(namespace, polling.classes, call));
}

function wait(options: PollerOptions, earlier: Snapshot): void {
  const { timers, polling, call, onFailure } = options;
  if (call.signal.aborted) return;
  const cancel = timers.after(polling.intervalMs, () => {
    call.signal.removeEventListener('abort', cancel);
    round(options, earlier).catch(onFailure);
  });
  call.signal.addEventListener('abort', cancel, { once: true });
}

async function round(options: PollerOptions, earlier: Snapshot): Promise<void> {
  const { namespace, polling, call, admit, onChange } = options;
  admit(call);
  const later = await takeSnapshot(namespace, polling.classes, call);
  for (const change of compareSnapshots(earlier, later)) onChange(change);
  wait(options, later);
}
