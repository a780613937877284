const TICKS_PER_MS = 10_000n;

/** Between 1601 and 1970. */
const EPOCH_DIFFERENCE = 116_444_736_000_000_000n;

/** `TIME_CREATED`: 100 nanoseconds since 1601, UTC. @see docs/rules.md 9.9 */
export function eventTime(date: Date): bigint {
  return BigInt(date.getTime()) * TICKS_PER_MS + EPOCH_DIFFERENCE;
}
