import { join } from 'node:path';
import { Apartment, defineLibrary, openNative } from '@wmisec/com-core';

const folder = process.env['WMISEC_FIXTURES'] ?? '';

/** False where no C++ compiler made the fixture. */
export const hasFixture = folder !== '';

const library = defineLibrary(join(folder, 'guarded-wmi.dll'), {
  guardedWmiInstall: ['HRESULT', 'LPCWSTR privilege', 'DWORD *registration'],
  guardedWmiRemove: ['HRESULT', 'DWORD registration'],
  guardedWmiTakeLog: ['BSTR'],
});

/**
 * Puts the WMI in C++ of @wmisec/privileges in the place of the system's, until disposal: every call needs a
 * privilege, which it looks for in the token that the call shows.
 */
export function installGuardedWmi(privilege: string) {
  const native = openNative();
  const functions = native.library(library);
  const apartment = new Apartment(native);
  using registration = native.memory.alloc(4);
  functions.guardedWmiInstall(privilege, registration.ptr);
  const number = registration.view.getUint32(0, true);
  return {
    /** Each call since the last time with the privileges that it showed. */
    takeCalls(): string[] {
      const text = functions.guardedWmiTakeLog();
      const lines = native.memory.readText(text).split('\n');
      native.oleaut32.SysFreeString(text);
      return lines.filter((line) => line.includes(' shows '));
    },
    [Symbol.dispose](): void {
      functions.guardedWmiRemove(number);
      apartment[Symbol.dispose]();
    },
  };
}
