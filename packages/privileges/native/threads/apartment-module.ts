// What the tests have the thread of an apartment do.

import { setTimeout as sleep } from 'node:timers/promises';
import { TokenHandle } from '@wmisec/access/native';
import { IClassFactory, IUnknown, IWbemObjectSink, type Ptr, serve } from '@wmisec/com-core';
import {
  type ApartmentScope,
  CallContext,
  checkPrivileges,
  type HostedParts,
  withPrivileges,
} from '../../src/index.ts';

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

/** A sink that posts what it can know of its caller, and do as it; what is enabled is asked of the system. */
export function witness({ native, post }: ApartmentScope) {
  return serve(IWbemObjectSink, {
    Indicate() {
      const call = CallContext.current(native);
      let toggled: boolean | null = null;
      const acted = statusOf(() =>
        call.impersonate(() => {
          toggled = withPrivileges(['SeSecurityPrivilege'], () => checkPrivileges(['SeSecurityPrivilege']));
        }),
      );
      using left = TokenHandle.ofThread(native);
      post({ level: call.impersonationLevel(), acted, toggled, left: left !== null });
      return undefined;
    },
  });
}

function statusOf(act: () => void): number {
  try {
    act();
    return 0;
  } catch (error) {
    return (error as { hresult?: number }).hresult ?? -1;
  }
}

/** The same, which also answers. */
export function answering(scope: ApartmentScope): HostedParts {
  return {
    interfaces: sink(scope),
    async answer(question: string) {
      if (question === 'fail') throw new RangeError('no answer');
      if (question === 'stray') setImmediate(() => Promise.reject(new RangeError('nobody catches this')));
      if (question === 'exit') process.exit(3);
      const work = sleep(5);
      scope.keepTurning(work);
      await work;
      return `${question} answered`;
    },
  };
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
