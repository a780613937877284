import { join } from 'node:path';
import { promisify } from 'node:util';
import { takeBstr } from '../src/com/bstr.ts';
import { Com } from '../src/com/com.ts';
import { defineLibrary } from '../src/raw/define-library.ts';
import { IWbemServices } from '../src/raw/interfaces/client.ts';
import { openNative } from '../src/raw/open-native.ts';
import { type CallForms, NativeServices } from '../src/services/native-services.ts';

const library = defineLibrary(join(process.env.WMISEC_FIXTURES ?? '', 'wbem-fixture.dll'), {
  fixtureOpen: ['void', 'IWbemServices **out'],
  fixtureOpenPlain: ['void', 'IWbemServices **out'],
  fixtureRaise: ['void', 'LPCWSTR className', 'ULONG door', 'LPCWSTR sinkAccess', 'LPCWSTR eventAccess'],
  fixtureAnswer: ['void', 'HRESULT status'],
  fixtureServeUnsecapp: ['DWORD', 'WINBOOL old'],
  fixtureTrust: ['void', 'LPCWSTR sid', 'WINBOOL byDefault'],
  fixtureLiveObjects: ['LONG'],
  fixtureTakeLog: ['BSTR'],
  fixtureClaimLevel: ['void', 'DWORD level'],
  fixtureDelayCalls: ['void', 'DWORD milliseconds'],
  fixtureReadRows: [
    'ULONG',
    'IWbemServices *services',
    'BSTR language',
    'BSTR query',
    'ULONG batch',
    'double *microseconds',
  ],
});

/** The C++ service, opened: `services` over it, and what the fixture knows. */
export function openFixture(forms: CallForms = {}) {
  const native = openNative();
  const functions = native.library(library);
  const com = new Com(native);
  const out = native.memory.alloc(8);
  functions.fixtureOpen(out.ptr);
  functions.fixtureClaimLevel(0);
  functions.fixtureDelayCalls(0);
  native.oleaut32.SysFreeString(functions.fixtureTakeLog());
  const pointer = com.own(IWbemServices, out.pointer<'IWbemServices'>())!;
  const services = new NativeServices(com, pointer, 'root\\fixture', forms);
  const raise = promisify(functions.fixtureRaise.async);
  return {
    com,
    native,
    services,
    /** COM objects of the fixture that are alive. */
    liveObjects: () => functions.fixtureLiveObjects(),
    /** The calls since the last time, a line each. */
    takeLog: () => (takeBstr(native, functions.fixtureTakeLog()) ?? '').split('\n').filter(Boolean),
    /** The same namespace for the same user as no administrator. */
    openPlain() {
      functions.fixtureOpenPlain(out.ptr);
      return new NativeServices(
        com,
        com.own(IWbemServices, out.pointer<'IWbemServices'>())!,
        'root\\fixture',
      );
    },
    /** Raises a `Fixture_Alarm`; whoever lacks the right by a descriptor, in SDDL, does not receive it. */
    raise: (door: number, { sink = '', event = '' } = {}) => raise('Fixture_Alarm', door, sink, event),
    /** Has every subscription answer a status instead of an event. */
    answerSubscriptions: (status: number) => functions.fixtureAnswer(status),
    /** Puts an Unsecapp into the system, one that knows no checks when it is old. */
    serveUnsecapp(old = false): Disposable {
      const cookie = functions.fixtureServeUnsecapp(old ? 1 : 0);
      return { [Symbol.dispose]: () => void native.ole32.CoRevokeClassObject(cookie) };
    },
    /** Whose callbacks a checking stub lets through, and whether stubs check by default. */
    trust: (sid: string, byDefault = false) => functions.fixtureTrust(sid, byDefault ? 1 : 0),
    claimLevel: (level: number) => functions.fixtureClaimLevel(level),
    delayCalls: (milliseconds: number) => functions.fixtureDelayCalls(milliseconds),
    /** Reads the rows of a query as a C++ client does. */
    readWithCpp(query: string, batch: number) {
      using language = com.bstr('WQL');
      using text = com.bstr(query);
      using time = native.memory.alloc(8);
      const rows = functions.fixtureReadRows(pointer.ptr, language.ptr, text.ptr, batch, time.ptr);
      return { rows, microseconds: time.view.getFloat64(0, true) };
    },
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      out.free();
    },
  };
}
