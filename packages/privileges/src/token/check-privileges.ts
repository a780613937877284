import type { PrivilegeName } from '@wmisec/access';
import { LUID_AND_ATTRIBUTES, openNative, PRIVILEGE_SET, writeStruct } from '@wmisec/com-core';
import { hresultFromWin32, WbemError } from '@wmisec/wbem';
import { requirePrivileges } from '../privilege/find-privilege.ts';
import { lookupLuid } from './lookup-luid.ts';
import { encodeLuidStates } from './luid-states.ts';
import { openToken, type TokenOptions } from './token-source.ts';

const PRIVILEGE_SET_ALL_NECESSARY = 1;
const HEAD_SIZE = 8;

export interface PrivilegeCheckOptions extends TokenOptions {
  /** Whether all of them are needed or one suffices. Default `all`. */
  readonly mode?: 'all' | 'any' | undefined;
}

/**
 * Asks the operating system's `PrivilegeCheck` whether privileges are enabled in a token. One that this system
 * does not know counts as not enabled.
 * @throws WmisecError `INVALID_ARGUMENT` for no names, `UNKNOWN_PRIVILEGE`, `UNSUPPORTED_PLATFORM`.
 * @throws WbemError with the Win32 error as HRESULT.
 */
export function checkPrivileges(
  names: readonly PrivilegeName[],
  { mode = 'all', token, native = openNative() }: PrivilegeCheckOptions = {},
): boolean {
  const luids = requirePrivileges(names).map((name) => lookupLuid(native, name));
  const known = luids.filter((luid) => luid !== null);
  if (known.length === 0 || (mode !== 'any' && known.length < luids.length)) return false;

  using handle = openToken({ token, native });
  using checking = handle.forChecking();
  using set = native.memory.alloc(HEAD_SIZE + known.length * LUID_AND_ATTRIBUTES.size);
  const Control = mode === 'any' ? 0 : PRIVILEGE_SET_ALL_NECESSARY;
  writeStruct(PRIVILEGE_SET, set.view, { PrivilegeCount: known.length, Control });
  encodeLuidStates(
    set,
    HEAD_SIZE,
    known.map((luid) => ({ luid, attributes: 0 })),
  );
  using answer = native.memory.alloc(4);
  const { result, lastError } = native.withLastError(() =>
    native.advapi32.PrivilegeCheck(checking.handle, set.ptr, answer.ptr),
  );
  if (result === 0)
    throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'PrivilegeCheck' });
  return answer.view.getUint32(0, true) !== 0;
}
