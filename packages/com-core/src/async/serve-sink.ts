import { ComStatus, failed, type ObjectSink, type SinkStatus, WbemError } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import { readObject } from '../objects/read-object.ts';
import { type ServedInterface, serve } from '../raw/com-object.ts';
import { WbemStatusType } from '../raw/constants.ts';
import { IWbemObjectSink } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';

/** More than any service indicates at once. */
const MOST_OBJECTS = 0x10_0000;

/**
 * A sink as an `IWbemObjectSink` for `ComHost`. What it is given is read while the call lasts, so that nothing of
 * the caller's is kept.
 * @param admit answers each call before anything is read: with a failure it goes no further.
 * @see docs/rules.md 3.7, 10.6
 */
export function serveSink(
  com: Com,
  sink: ObjectSink,
  admit: () => number = () => ComStatus.S_OK,
): ServedInterface {
  return serve(IWbemObjectSink, {
    Indicate(count, objects) {
      const answer = admit();
      if (!failed(answer))
        sink.indicate(pointersAt(com, count, objects).map((object) => readObject(com, object)));
      return answer;
    },
    SetStatus(type, status, text, object) {
      const answer = admit();
      const told = failed(answer) ? null : readStatus(com, type, status >>> 0, text, object);
      if (told !== null) sink.setStatus(told);
      return answer;
    },
  });
}

function pointersAt({ native }: Com, count: number, objects: Ptr): Ptr<'IWbemClassObject'>[] {
  if (count < 0 || count > MOST_OBJECTS || (count > 0 && objects === NULL))
    throw new WbemError(ComStatus.E_INVALIDARG, `expected an array of objects, got ${count} at ${objects}`);
  const at = (index: number) =>
    native.memory.readPointer<'IWbemClassObject'>((objects + 8 * index) as Ptr<'IWbemClassObject*'>);
  const pointers = Array.from({ length: count }, (_, index) => at(index));
  if (!pointers.includes(NULL)) return pointers;
  throw new WbemError(ComStatus.E_INVALIDARG, 'expected an array of objects, got a null pointer in it');
}

/** @returns null for `WBEM_STATUS_REQUIREMENTS`, which says nothing to a client. */
function readStatus(
  com: Com,
  type: number,
  status: number,
  text: Ptr<'BSTR'>,
  object: Ptr<'IWbemClassObject'>,
): SinkStatus | null {
  if (type === WbemStatusType.WBEM_STATUS_REQUIREMENTS) return null;
  return {
    kind: type === WbemStatusType.WBEM_STATUS_PROGRESS ? 'progress' : 'complete',
    status,
    text: text === NULL ? null : com.native.memory.readText(text),
    extendedStatus: extendedStatus(com, object),
  };
}

function extendedStatus(com: Com, ptr: Ptr<'IWbemClassObject'>): SinkStatus['extendedStatus'] {
  if (ptr === NULL) return null;
  const object = readObject(com, ptr);
  return object.kind === 'instance' ? object.properties : null;
}
