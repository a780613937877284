import { type AsyncTarget, WmisecError } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import type { SinkCall } from './listening-sink.ts';
import { NativeSinkStub } from './native-sink-stub.ts';

/** What a call is given for a sink or a stub. It holds the sink until it is disposed. */
export interface SinkTarget extends Disposable {
  readonly ptr: Ptr<'IWbemObjectSink'>;
  /** A call is about to be made, and may answer before it returns. */
  begin(): SinkCall;
}

/** @throws WmisecError `INVALID_ARGUMENT` for a stub of another transport, `DISPOSED`. */
export function targetOf(com: Com, target: AsyncTarget): SinkTarget {
  if ('stubOf' in target) return targetOfStub(target);
  const { hosted, reference } = com.sinks.lend(target);
  return {
    ptr: reference.ptr,
    begin: () => hosted.sink.begin(),
    [Symbol.dispose]: () => reference[Symbol.dispose](),
  };
}

/** Whether a sink, or a stub, was given to a call that is not over. */
export function isListening(com: Com, target: AsyncTarget): boolean {
  if (target instanceof NativeSinkStub) return target.listening;
  return 'stubOf' in target || com.sinks.listens(target);
}

function targetOfStub(stub: object): SinkTarget {
  if (!(stub instanceof NativeSinkStub))
    throw new WmisecError('INVALID_ARGUMENT', 'expected a stub of the native transport, got one of another');
  if (stub.ptr === NULL) throw new WmisecError('DISPOSED', 'the stub has been disposed');
  return { ptr: stub.ptr, begin: () => stub.begin(), [Symbol.dispose]: () => {} };
}
