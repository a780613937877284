import { WbemError, WbemStatus } from '@wmisec/wbem';

const LAST = 999;

/** Eight characters, and an extension of three at most. */
const SHORT_NAME = /^([^.]{1,8})(?:\.[^.]{0,3})?$/;

/**
 * What a log file is renamed to: with the next number for its extension when its name is 8.3, else behind its name.
 * After 999 come numbers that are free.
 * @param siblings the names of the files beside it.
 * @throws WbemError `WBEM_E_QUOTA_VIOLATION` when none is free.
 * @see Microsoft, "LogFileEventConsumer class"
 */
export function archiveName(name: string, siblings: readonly string[]): string {
  const stem = SHORT_NAME.exec(name)?.[1] ?? name;
  const used = new Set(siblings.map((each) => numberOf(stem, each)));
  const highest = Math.max(0, ...[...used].filter((number) => number !== null));
  const next = highest < LAST ? highest + 1 : firstFree(used);
  return `${stem}.${String(next).padStart(3, '0')}`;
}

function numberOf(stem: string, name: string): number | null {
  if (!name.startsWith(`${stem}.`)) return null;
  const number = /^\d{3}$/.exec(name.slice(stem.length + 1))?.[0];
  return number === undefined ? null : Number(number);
}

function firstFree(used: ReadonlySet<number | null>): number {
  for (let number = 1; number <= LAST; number++) if (!used.has(number)) return number;
  throw new WbemError(WbemStatus.WBEM_E_QUOTA_VIOLATION, `all ${LAST} names of older log files are taken`);
}
