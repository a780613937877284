import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WbemError, WbemStatus } from '@wmisec/wbem';
import { beforeEach, describe, expect, test } from 'vitest';
import { ComHost } from '../../src/raw/com-host.ts';
import { serve } from '../../src/raw/com-object.ts';
import { defineLibrary, type Library } from '../../src/raw/define-library.ts';
import { defineStruct, readStruct } from '../../src/raw/define-struct.ts';
import { IWbemObjectSink } from '../../src/raw/interfaces/client.ts';
import { IWbemEventProvider, IWbemEventSink, IWbemProviderInit } from '../../src/raw/interfaces/provider.ts';
import { IUnknown } from '../../src/raw/interfaces/unknown.ts';
import type { Native } from '../../src/raw/native.ts';
import { openNative } from '../../src/raw/open-native.ts';
import type { Ptr } from '../../src/raw/pointer.ts';
import { fixture } from '../fixtures/oracle-fixture.ts';

const caller = fixture('oracle-sink-caller.dll', (path) =>
  defineLibrary(path, {
    driveSink: ['void', 'IUnknown *object', 'void *report'],
    driveSinkOnThread: ['void', 'IUnknown *object', 'void *report'],
    threadsRunning: ['int'],
    indicateAll: ['int', 'void *sinks', 'int count'],
    indicate: ['HRESULT', 'IWbemObjectSink *sink', 'int count'],
    releaseObject: ['ULONG', 'IUnknown *object'],
  }),
);

const REPORT = defineStruct('Report', 40, {
  asUnknown: ['u32', 0],
  asSink: ['u32', 4],
  asSomethingElse: ['u32', 8],
  elseIsNull: ['u32', 12],
  oneIdentity: ['u32', 16],
  afterAddRef: ['u32', 20],
  afterRelease: ['u32', 24],
  indicate: ['u32', 28],
  setStatus: ['u32', 32],
  noOutPointer: ['u32', 36],
});

const NORMAL = {
  asUnknown: 0,
  asSink: 0,
  asSomethingElse: 0x80004002,
  elseIsNull: 1,
  oneIdentity: 1,
  indicate: 0,
  setStatus: WbemStatus.WBEM_S_FALSE,
  noOutPointer: 0x80004003,
};

let native: Native;
let host: ComHost;
let cpp: Library<NonNullable<typeof caller>>;
let errors: unknown[];

beforeEach(() => {
  native = openNative();
  errors = [];
  host = new ComHost(native, { onError: (error) => errors.push(error) });
  if (caller !== undefined) cpp = native.library(caller);
  return () => host.dispose();
});

function recordingSink(calls: unknown[]) {
  return serve(IWbemObjectSink, {
    Indicate(count, objects) {
      calls.push([
        count,
        native.memory.readPointer(objects),
        native.memory.readPointer((objects + 8) as Ptr),
      ]);
      return undefined;
    },
    SetStatus(flags, status, text, object) {
      calls.push([flags, status, native.memory.readText(text), object]);
      return WbemStatus.WBEM_S_FALSE;
    },
  });
}

describe.skipIf(caller === undefined)('an object written in JavaScript, called from C++', () => {
  test('answers for its identity, its references and its methods', () => {
    const calls: unknown[] = [];
    using sink = host.create(recordingSink(calls));
    using report = native.memory.alloc(REPORT.size);
    cpp.driveSink(sink.ptr, report.ptr);
    expect(readStruct(REPORT, report.view)).toEqual({ ...NORMAL, afterAddRef: 5, afterRelease: 4 });
    expect(calls).toEqual([
      [2, 0x1111, 0x7fff22223333],
      [0, 0x80041032, 'state', 0x7fff22223333],
    ]);
    expect(sink.references).toBe(1);
  });

  test('does the same for a caller on another thread', async () => {
    const calls: unknown[] = [];
    using sink = host.create(recordingSink(calls));
    using report = native.memory.alloc(REPORT.size);
    cpp.driveSinkOnThread(sink.ptr, report.ptr);
    while (cpp.threadsRunning() > 0) await sleep(5);
    expect(readStruct(REPORT, report.view)).toEqual({ ...NORMAL, afterAddRef: 6, afterRelease: 5 });
    expect(calls).toHaveLength(2);
    expect(sink.references).toBe(1);
  });

  test('lives on for its native holder after its creator let go, and ends with the last reference', () => {
    const sink = host.create(serve(IWbemObjectSink, { Indicate: () => undefined }));
    const pointer = sink.pointer(IWbemObjectSink);
    native.bind(IWbemObjectSink, pointer).AddRef();
    sink.release();
    sink.release();
    expect(host.live).toBe(1);
    expect(cpp.indicate(pointer, 1)).toBe(0);
    expect(cpp.releaseObject(pointer)).toBe(0);
    expect(host.live).toBe(0);
  });

  test.each([
    ['an error without a status is E_FAIL', new Error('no'), 0x80004005],
    ['an error with a status is that status', new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED), 0x80041003],
    ['an error with a success status is E_FAIL', new WbemError(WbemStatus.WBEM_S_FALSE), 0x80004005],
    ['something thrown that is no error is E_FAIL', 'no', 0x80004005],
  ])('%s', (_title, thrown, hresult) => {
    using sink = host.create(
      serve(IWbemObjectSink, {
        Indicate() {
          throw thrown;
        },
      }),
    );
    expect(cpp.indicate(sink.pointer(IWbemObjectSink), 1)).toBe(hresult);
    expect(errors).toEqual([thrown]);
  });

  test.each([[new Error('for the log')], ['for the log']])(
    'without a listener %s becomes a warning of the process',
    async (thrown) => {
      const quiet = new ComHost(native);
      const sink = quiet.create(
        serve(IWbemObjectSink, {
          Indicate() {
            throw thrown;
          },
        }),
      );
      const warning = once(process, 'warning');
      cpp.indicate(sink.pointer(IWbemObjectSink), 1);
      expect(await warning).toEqual([expect.objectContaining({ message: 'for the log' })]);
      sink.release();
      quiet.dispose();
    },
  );

  test('a listener that throws does not reach the caller', () => {
    const angry = new ComHost(native, {
      onError() {
        throw new Error('listener');
      },
    });
    const sink = angry.create(
      serve(IWbemObjectSink, {
        Indicate() {
          throw new Error('handler');
        },
      }),
    );
    expect(cpp.indicate(sink.pointer(IWbemObjectSink), 1)).toBe(0x80004005);
    sink.release();
    angry.dispose();
  });

  test('a promise is no HRESULT: the call fails', () => {
    const handlers = { Indicate: async () => undefined } as never;
    using sink = host.create(serve(IWbemObjectSink, handlers));
    expect(cpp.indicate(sink.pointer(IWbemObjectSink), 1)).toBe(0x80004005);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('Indicate') })]);
  });

  test('a method without a handler is E_NOTIMPL', () => {
    using sink = host.create(serve(IWbemObjectSink, {}));
    expect(cpp.indicate(sink.pointer(IWbemObjectSink), 1)).toBe(0x80004001);
  });

  test('twenty thousand objects of one interface use five callbacks', () => {
    const { callbacks } = native.koffi.stats();
    let sum = 0;
    const sinks = Array.from({ length: 20_000 }, (_, index) =>
      host.create(
        serve(IWbemObjectSink, {
          Indicate(count) {
            sum += count === index ? 1 : 0;
            return undefined;
          },
        }),
      ),
    );
    expect(native.koffi.stats().callbacks - callbacks).toBe(5);
    using array = native.memory.alloc(8 * sinks.length);
    for (const [index, sink] of sinks.entries()) array.setPointer(8 * index, sink.ptr);
    expect(cpp.indicateAll(array.ptr, sinks.length)).toBe(20_000);
    expect(sum).toBe(20_000);
    for (const sink of sinks) sink.release();
    expect(host.live).toBe(0);
  });
});

describe.skipIf(caller === undefined)('an object with several interfaces', () => {
  test('has one identity, and each pointer leads to its own methods', () => {
    const seen: string[] = [];
    using provider = host.create(
      serve(IWbemProviderInit, { Initialize: () => void seen.push('init') }),
      serve(IWbemEventProvider, { ProvideEvents: () => void seen.push('events') }),
    );
    const init = native.bind(IWbemProviderInit, provider.pointer(IWbemProviderInit));
    using out = native.memory.alloc(8);
    using events = native.memory.guid(IWbemEventProvider.iid);
    expect(init.QueryInterface(events.ptr, out.ptr)).toBe(0);
    const other = native.bind(IWbemEventProvider, out.pointer<'IWbemEventProvider'>());
    expect(other.ProvideEvents(0 as Ptr<never>, 0)).toBe(0);
    using unknown = native.memory.guid(IUnknown.iid);
    other.QueryInterface(unknown.ptr, out.ptr);
    expect(out.pointer()).toBe(provider.ptr);
    expect(seen).toEqual(['events']);
    other.Release();
    other.Release();
    expect(provider.references).toBe(1);
  });

  test('answers for the bases of what it serves', () => {
    using sink = host.create(serve(IWbemEventSink, { Indicate: () => WbemStatus.WBEM_S_FALSE }));
    expect(sink.pointer(IWbemObjectSink)).toBe(sink.pointer(IWbemEventSink));
    expect(cpp.indicate(sink.pointer(IWbemObjectSink), 0)).toBe(1);
    expect(() => sink.pointer(IWbemProviderInit)).toThrow(TypeError);
  });
});

describe('the process', () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

  test('stays alive while an object lives, and no longer', () => {
    const before = timers();
    const first = host.create(serve(IWbemObjectSink, {}));
    const second = host.create(serve(IWbemObjectSink, {}));
    expect(timers()).toBe(before + 1);
    first.release();
    expect(timers()).toBe(before + 1);
    second.release();
    expect(timers()).toBe(before);
  });
});

describe.skipIf(caller === undefined)('disposing a host', () => {
  test('disconnects what native code still holds and takes the callbacks back with the last reference', async () => {
    await sleep(10);
    const before = native.koffi.stats().callbacks;
    const own = new ComHost(native);
    const sink = own.create(serve(IWbemObjectSink, { Indicate: () => undefined }));
    const pointer = sink.pointer(IWbemObjectSink);
    own.dispose();
    own.dispose();
    expect(cpp.indicate(pointer, 1)).toBe(0x80010108);
    expect(native.koffi.stats().callbacks).toBe(before + 5);
    expect(cpp.releaseObject(pointer)).toBe(0);
    await sleep(10);
    expect(native.koffi.stats().callbacks).toBe(before);
    expect(() => own.create(serve(IWbemObjectSink, {}))).toThrow(
      expect.objectContaining({ code: 'DISPOSED' }),
    );
  });
});
