/**
 * Aborts a controller as soon as one of the signals is aborted, with that one's reason.
 * @returns what stops following; the signals may live longer than the controller.
 */
export function followSignals(controller: AbortController, signals: readonly AbortSignal[]): () => void {
  const listeners = signals.map((signal) => ({ signal, onAbort: () => controller.abort(signal.reason) }));
  for (const { signal, onAbort } of listeners) {
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  }
  return () => {
    for (const { signal, onAbort } of listeners) signal.removeEventListener('abort', onAbort);
  };
}
