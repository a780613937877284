import { join } from 'node:path';
import { Apartment, defineLibrary, openNative } from '@wmisec/com-core';
import type { AuthnLevel, ImpLevel } from '@wmisec/wbem';

const library = defineLibrary(join(process.env['WMISEC_FIXTURES'] ?? '', 'wbem-fixture.dll'), {
  fixtureServeLocator: ['DWORD'],
  fixtureServeSinkMarshaller: ['DWORD'],
  fixtureCallBackAs: ['void', 'DWORD authnLevel', 'WINBOOL administrator', 'DWORD tokenLevel'],
  fixtureLiveObjects: ['LONG'],
  fixtureTakeLog: ['BSTR'],
});

/** Puts a WMI in C++ in the place of the system's, until disposal: the machine that delivers rows. */
export function playMachine() {
  const native = openNative();
  const functions = native.library(library);
  const apartment = new Apartment(native);
  const cookies = [functions.fixtureServeLocator(), functions.fixtureServeSinkMarshaller()];
  return {
    native,
    /** How it calls sinks from now on. `SECURITY_IMPERSONATION_LEVEL` counts from 0. */
    callBackAt: (imp: ImpLevel, authn: AuthnLevel) => functions.fixtureCallBackAs(authn, 1, imp - 1),
    /** COM objects of the machine that have not been released. */
    liveObjects: () => functions.fixtureLiveObjects(),
    /** What it heard since the last time. */
    takeLog(): string[] {
      const text = functions.fixtureTakeLog();
      const lines = native.memory.readText(text).split('\n').filter(Boolean);
      native.oleaut32.SysFreeString(text);
      return lines;
    },
    [Symbol.dispose](): void {
      for (const cookie of cookies) native.ole32.CoRevokeClassObject(cookie);
      apartment[Symbol.dispose]();
    },
  };
}
