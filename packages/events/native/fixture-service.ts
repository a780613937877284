import { join } from 'node:path';
import { promisify } from 'node:util';
import { Apartment, defineLibrary, openNative } from '@wmisec/com-core';

/** `SECURITY_IMPERSONATION_LEVEL` */
const SECURITY_IMPERSONATION = 2;

const library = defineLibrary(join(process.env['WMISEC_FIXTURES'] ?? '', 'wbem-fixture.dll'), {
  fixtureServeLocator: ['DWORD'],
  fixtureServeSinkMarshaller: ['DWORD'],
  fixtureServeUnsecapp: ['DWORD', 'WINBOOL old'],
  fixtureRaise: ['void', 'LPCWSTR className', 'ULONG door', 'LPCWSTR sinkAccess', 'LPCWSTR eventAccess'],
  fixtureAnswer: ['void', 'HRESULT status'],
  fixtureCallBackAs: ['void', 'DWORD authnLevel', 'WINBOOL administrator', 'DWORD tokenLevel'],
  fixtureFailPut: ['void', 'int number'],
  fixtureLiveObjects: ['LONG'],
  fixtureTakeLog: ['BSTR'],
  fixtureTrust: ['void', 'LPCWSTR sid', 'WINBOOL byDefault'],
});

/**
 * Puts a WMI and an Unsecapp in C++ in the place of the system's, until disposal. It calls sinks from threads of its
 * own.
 * @param oldUnsecapp whether its Unsecapp knows no checks.
 */
export function serveFixture(oldUnsecapp = false) {
  const native = openNative();
  const functions = native.library(library);
  const apartment = new Apartment(native);
  const cookies = [
    functions.fixtureServeLocator(),
    functions.fixtureServeSinkMarshaller(),
    functions.fixtureServeUnsecapp(oldUnsecapp ? 1 : 0),
  ];
  const raise = promisify(functions.fixtureRaise.async);
  return {
    native,
    /** Raises a `Fixture_Alarm`; whoever lacks the right by a descriptor, in SDDL, does not receive it. */
    raise: (Door: number, { sink = '', event = '' } = {}) => raise('Fixture_Alarm', Door, sink, event),
    /** Has every subscription answer a status instead of an event. */
    answerSubscriptions: (status: number) => functions.fixtureAnswer(status),
    /** Who the service is in its calls to sinks: the level, and whether it is an administrator. */
    callBackAs: (authnLevel: number, administrator = true) =>
      functions.fixtureCallBackAs(authnLevel, administrator ? 1 : 0, SECURITY_IMPERSONATION),
    /** The only account that checking stubs let through, by its SID; at first that of this process. */
    trust: (sid: string) => functions.fixtureTrust(sid, 0),
    /** Has the instance fail that is written as the `number`th from now. */
    failPut: (number: number) => functions.fixtureFailPut(number),
    /** The calls since the last time, a line each. */
    takeLog(): string[] {
      const text = functions.fixtureTakeLog();
      const lines = native.memory.readText(text).split('\n').filter(Boolean);
      native.oleaut32.SysFreeString(text);
      return lines;
    },
    /** COM objects of the fixture that have not been released. */
    liveObjects: () => functions.fixtureLiveObjects(),
    [Symbol.dispose](): void {
      for (const cookie of cookies) native.ole32.CoRevokeClassObject(cookie);
      apartment[Symbol.dispose]();
    },
  };
}

export type FixtureService = ReturnType<typeof serveFixture>;
