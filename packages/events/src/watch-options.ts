import { WmisecError } from '@wmisec/wbem';

export interface BufferOptions {
  /** Events that may wait to be consumed, 1 to 1,000,000. Default 10,000. */
  readonly max?: number | undefined;
  /**
   * What becomes of an event that finds the buffer full: `dropOldest` and `dropNewest` leave one out and say so,
   * `fail` ends the watch with `BUFFER_FULL` once what waits is consumed. Default `dropOldest`.
   */
  readonly onFull?: 'dropOldest' | 'dropNewest' | 'fail' | undefined;
}

export interface ResubscribeOptions {
  /** Milliseconds before the first attempt; each further one waits twice as long. Default 500. */
  readonly firstDelayMs?: number | undefined;
  /** Milliseconds that no wait is longer than. Default 60,000. */
  readonly maxDelayMs?: number | undefined;
  /** Attempts after one loss, at least 1. Default: no limit. */
  readonly attempts?: number | undefined;
}

export interface WatchOptions {
  readonly buffer?: BufferOptions | undefined;
  /** Ends the watch with `WBEM_E_CALL_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for each event; past it the watch ends with `WBEM_E_TIMED_OUT`. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** How to go on after the connection was lost; false ends the watch with the error instead. Default `{}`. */
  readonly resubscribe?: ResubscribeOptions | false | undefined;
}

export interface WatchLimits {
  /** What errors are said to come from. */
  readonly operation: 'watch' | 'receive';
  readonly max: number;
  readonly onFull: NonNullable<BufferOptions['onFull']>;
  readonly timeoutMs: number | null;
  /** null when a lost connection ends the watch. */
  readonly resubscribe: Required<{ [K in keyof ResubscribeOptions]: number }> | null;
}

const LONGEST_DELAY = 0x7fff_ffff;
const POLICIES: readonly unknown[] = ['dropOldest', 'dropNewest', 'fail'];

/** @throws WmisecError `INVALID_ARGUMENT` for a number out of its range. */
export function watchLimits({ buffer = {}, timeoutMs, resubscribe = {} }: WatchOptions): WatchLimits {
  if (timeoutMs !== undefined) requireBetween('timeoutMs', timeoutMs, 0, LONGEST_DELAY);
  return {
    ...bufferLimits('watch', buffer),
    timeoutMs: timeoutMs ?? null,
    resubscribe: resubscribe === false ? null : resubscribeLimits(resubscribe),
  };
}

/** @throws WmisecError `INVALID_ARGUMENT` for a number out of its range, or no policy. */
export function bufferLimits(
  operation: WatchLimits['operation'],
  { max = 10_000, onFull = 'dropOldest' }: BufferOptions,
): Pick<WatchLimits, 'operation' | 'max' | 'onFull'> {
  requireBetween('buffer.max', max, 1, 1_000_000, operation);
  if (POLICIES.includes(onFull)) return { operation, max, onFull };
  const got = String(onFull).slice(0, 40);
  throw invalid(`buffer.onFull: expected dropOldest, dropNewest or fail, got ${got}`, operation);
}

function resubscribeLimits(options: ResubscribeOptions): WatchLimits['resubscribe'] {
  const { firstDelayMs = 500, maxDelayMs = 60_000, attempts = Number.POSITIVE_INFINITY } = options;
  requireBetween('resubscribe.firstDelayMs', firstDelayMs, 1, LONGEST_DELAY);
  requireBetween('resubscribe.maxDelayMs', maxDelayMs, firstDelayMs, LONGEST_DELAY);
  requireBetween('resubscribe.attempts', attempts, 1, Number.POSITIVE_INFINITY);
  return { firstDelayMs, maxDelayMs, attempts };
}

function requireBetween(name: string, value: number, min: number, max: number, operation = 'watch'): void {
  if (typeof value === 'number' && value >= min && value <= max) return;
  throw invalid(
    `${name}: expected a number from ${min} to ${max}, got ${String(value).slice(0, 40)}`,
    operation,
  );
}

function invalid(message: string, operation: string): WmisecError {
  return new WmisecError('INVALID_ARGUMENT', message, { operation });
}
