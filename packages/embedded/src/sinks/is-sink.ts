import type { ObjectSink } from '@wmisec/wbem';

/** Whether both methods of a sink are there. */
export function isSink(value: unknown): value is ObjectSink {
  if (typeof value !== 'object' || value === null) return false;
  const { indicate, setStatus } = value as Partial<ObjectSink>;
  return typeof indicate === 'function' && typeof setStatus === 'function';
}
