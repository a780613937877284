import type { PrivilegeName } from '@wmisec/access';
import type { Native } from '@wmisec/com-core';
import { hresultFromWin32, WbemError, Win32Error } from '@wmisec/wbem';

/**
 * The LUID of a privilege on this system; null when this system has no such privilege.
 * @throws WbemError with the Win32 error as HRESULT.
 */
export function lookupLuid(native: Native, name: PrivilegeName): number | null {
  using out = native.memory.alloc(8);
  const { result, lastError } = native.withLastError(() =>
    native.advapi32.LookupPrivilegeValueW(null, name, out.ptr),
  );
  if (result !== 0) return out.pointer();
  if (lastError === Win32Error.ERROR_NO_SUCH_PRIVILEGE) return null;
  throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'LookupPrivilegeValue' });
}
