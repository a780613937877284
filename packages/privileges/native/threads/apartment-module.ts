// What the tests have the thread of an apartment do.
import { IClassFactory, IUnknown, IWbemObjectSink, type Ptr, serve } from '@wmisec/com-core';
import type { ApartmentScope } from '../../src/index.ts';

const fixture = (scope: ApartmentScope, file: string) =>
  scope.native.library({
    file,
    functions: {
      makeFront: ['IUnknown *', 'IWbemObjectSink *sink'],
      makeCountingFront: ['IUnknown *'],
      waitForCallerOf: ['DWORD', 'IWbemObjectSink *sink', 'DWORD milliseconds'],
    },
  } as const);

/** A sink that posts what it is indicated, and the thread that it runs on. */
export default function sink(scope: ApartmentScope, milliseconds = 0) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  return serve(IWbemObjectSink, {
    Indicate(number) {
      if (milliseconds > 0) Atomics.wait(pause, 0, 0, milliseconds);
      scope.post(number);
      return undefined;
    },
    SetStatus() {
      throw new RangeError('a handler that throws');
    },
  });
}

/** Streams, one per calling thread, of an object that stands where COM stands before the sink. */
export function streamsOf(scope: ApartmentScope, file: string, sink: number, count: number) {
  return marshalled(scope, fixture(scope, file).makeFront(sink as Ptr<'IWbemObjectSink'>), count);
}

/** The same before a sink in C++, for comparison. */
export function nativeStreamsOf(scope: ApartmentScope, file: string, count: number) {
  return marshalled(scope, fixture(scope, file).makeCountingFront(), count);
}

/** Waits on the apartment's thread for a thread that calls into the apartment. */
export function deadlock(scope: ApartmentScope, file: string, sink: number, milliseconds: number) {
  return fixture(scope, file).waitForCallerOf(sink as Ptr<'IWbemObjectSink'>, milliseconds);
}

export function threadOf({ native }: ApartmentScope) {
  return native.kernel32.GetCurrentThreadId();
}

export function fail() {
  throw new RangeError('the module says no');
}

/** Takes the front over. */
function marshalled({ native }: ApartmentScope, front: Ptr, count: number): number[] {
  using iid = native.memory.guid(IClassFactory.iid);
  using out = native.memory.alloc(8);
  const streams = Array.from({ length: count }, () => {
    native.ole32.CoMarshalInterThreadInterfaceInStream(iid.ptr, front, out.ptr);
    return out.pointer() as number;
  });
  native.bind(IUnknown, front).Release();
  return streams;
}
