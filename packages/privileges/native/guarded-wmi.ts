import { join } from 'node:path';
import { Apartment, defineLibrary } from '@wmisec/com-core';
import { native } from './read-back.ts';

const library = defineLibrary(join(process.env['WMISEC_FIXTURES'] ?? '', 'guarded-wmi.dll'), {
  guardedWmiInstall: ['HRESULT', 'LPCWSTR privilege', 'DWORD *registration'],
  guardedWmiRemove: ['HRESULT', 'DWORD registration'],
  guardedWmiTakeLog: ['BSTR'],
  guardedWmiLiveObjects: ['LONG'],
});

/**
 * Puts a WMI in C++ in the place of the system's, until disposal: every call needs a privilege, which it looks for in
 * the token that the call shows.
 */
export function installGuardedWmi(privilege: string) {
  const functions = native.library(library);
  const apartment = new Apartment(native);
  using registration = native.memory.alloc(4);
  const installed = functions.guardedWmiInstall(privilege, registration.ptr);
  if (installed !== 0) throw new Error(`the fixture cannot be installed: 0x${installed.toString(16)}`);
  const number = registration.view.getUint32(0, true);
  return {
    /** What proxies were cloaked with and what calls showed since the last time, a line each. */
    takeLog(): string[] {
      const text = functions.guardedWmiTakeLog();
      const lines = native.memory.readText(text).split('\n');
      native.oleaut32.SysFreeString(text);
      return lines.filter((line) => / shows |^cloaks /.test(line));
    },
    /** COM objects of the fixture that have not been released. */
    liveObjects: () => functions.guardedWmiLiveObjects(),
    [Symbol.dispose](): void {
      functions.guardedWmiRemove(number);
      apartment[Symbol.dispose]();
    },
  };
}

export type GuardedWmi = ReturnType<typeof installGuardedWmi>;
