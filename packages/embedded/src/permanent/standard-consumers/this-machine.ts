import { hostname } from 'node:os';
import { sameName } from '@wmisec/wbem';
import type { EventConsumer } from '../delivery/event-consumer.ts';
import { cannot } from './not-allowed.ts';

const NAMES: ReadonlySet<string> = new Set(['', '.', 'localhost']);

/** Whether a property that names a machine, with or without backslashes before it, means this one; null does. */
export function isThisMachine(value: unknown): boolean {
  if (typeof value !== 'string') return true;
  const name = value.replace(/^\\\\/, '').toLowerCase();
  return NAMES.has(name) || sameName(name, hostname());
}

/** Keeps a consumer for events on another machine, `MachineName`, from being carried out on this one. */
export function onThisMachine(consume: EventConsumer): EventConsumer {
  return (event, context) => {
    if (isThisMachine(context.consumer.properties['MachineName'])) return consume(event, context);
    throw cannot('MachineName: expected this machine, as events are taken to no other');
  };
}
