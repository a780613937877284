/**
 * A point in time, `yyyymmddHHMMSS.mmmmmmsUUU`; a field of asterisks is null.
 * @see DMTF DSP0004 2.2.1
 */
export interface CimDateTime {
  readonly kind: 'datetime';
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly hour: number | null;
  readonly minute: number | null;
  readonly second: number | null;
  readonly microsecond: number | null;
  /** Minutes east of UTC. */
  readonly utcOffset: number | null;
}

/** A length of time, `ddddddddHHMMSS.mmmmmm:000`; a field of asterisks is null. */
export interface CimInterval {
  readonly kind: 'interval';
  readonly days: number | null;
  readonly hours: number | null;
  readonly minutes: number | null;
  readonly seconds: number | null;
  readonly microseconds: number | null;
}
