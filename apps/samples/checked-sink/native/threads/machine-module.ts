// Puts the machine that the tests play into the apartment: class objects belong to the apartment that registers them.
import type { ApartmentScope } from '@wmisec/privileges';

/** @param file the WMI in C++ of @wmisec/privileges, whose calls need a privilege */
export function install({ native }: ApartmentScope, file: string, privilege: string): number {
  const { guardedWmiInstall } = native.library({
    file,
    functions: { guardedWmiInstall: ['HRESULT', 'LPCWSTR privilege', 'DWORD *registration'] },
  } as const);
  using registration = native.memory.alloc(4);
  return guardedWmiInstall(privilege, registration.ptr);
}
