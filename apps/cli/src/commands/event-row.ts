import type { WatchedEvent } from '@wmisec/events';
import { type CimValue, isCimObject, type PropertyBag } from '@wmisec/wbem';
import { toText } from '../output/format-value.ts';
import type { Row } from '../output/row-writer.ts';

const TICKS_PER_MS = 10_000n;

/** Milliseconds between 1601 and 1970. */
const EPOCH_DIFFERENCE = 11_644_473_600_000;

/** An event in three columns: when, what, and of which object. */
export function eventRow({ className, event }: WatchedEvent): Row {
  const { SECURITY_DESCRIPTOR, TIME_CREATED = null, ...own } = event;
  return { Time: timeOf(TIME_CREATED), Event: className, Object: subjectOf(own) };
}

function timeOf(ticks: CimValue): string | null {
  if (typeof ticks !== 'bigint') return null;
  return new Date(Number(ticks / TICKS_PER_MS) - EPOCH_DIFFERENCE).toISOString();
}

function subjectOf(own: PropertyBag): string {
  const target = own['TargetInstance'] ?? own['TargetClass'] ?? own['TargetNamespace'] ?? null;
  if (isCimObject(target))
    return target.kind === 'class' ? target.className : (target.path ?? toText(target));
  return Object.entries(own)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${toText(value)}`)
    .join(' ');
}
