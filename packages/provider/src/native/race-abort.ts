/**
 * What a function comes to, or the reason of the signal as soon as it is aborted: whoever hangs is left behind, and
 * what it says later is dropped.
 */
export async function raceAbort<T>(signal: AbortSignal, run: () => T | PromiseLike<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: aborted.signal });
  });
  try {
    return await Promise.race([ended, run()]);
  } finally {
    aborted.abort();
  }
}
