import { join } from 'node:path';
import { takeBstr } from '../src/com/bstr.ts';
import { Com } from '../src/com/com.ts';
import { defineLibrary } from '../src/raw/define-library.ts';
import { IWbemServices } from '../src/raw/interfaces/client.ts';
import { openNative } from '../src/raw/open-native.ts';
import { type CallForms, NativeServices } from '../src/services/native-services.ts';

const library = defineLibrary(join(process.env.WMISEC_FIXTURES ?? '', 'wbem-fixture.dll'), {
  fixtureOpen: ['void', 'IWbemServices **out'],
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
  using out = native.memory.alloc(8);
  functions.fixtureOpen(out.ptr);
  functions.fixtureClaimLevel(0);
  functions.fixtureDelayCalls(0);
  native.oleaut32.SysFreeString(functions.fixtureTakeLog());
  const pointer = com.own(IWbemServices, out.pointer<'IWbemServices'>())!;
  const services = new NativeServices(com, pointer, 'root\\fixture', forms);
  return {
    com,
    native,
    services,
    /** COM objects of the fixture that are alive. */
    liveObjects: () => functions.fixtureLiveObjects(),
    /** The calls since the last time, a line each. */
    takeLog: () => (takeBstr(native, functions.fixtureTakeLog()) ?? '').split('\n').filter(Boolean),
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
    [Symbol.asyncDispose]: () => services[Symbol.asyncDispose](),
  };
}
