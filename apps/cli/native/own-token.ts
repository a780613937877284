import { TokenHandle } from '@wmisec/access/native';
import { openNative, TokenAccess, TokenInformationClass } from '@wmisec/com-core';

const native = openNative();

/** The bytes of `TOKEN_PRIVILEGES` of this process, as the system gives them. */
export function privilegeBytes(): string {
  using token = TokenHandle.ofProcess(native);
  using out = native.memory.alloc(2048);
  using length = native.memory.alloc(4);
  const { TokenPrivileges } = TokenInformationClass;
  native.advapi32.GetTokenInformation(token.handle, TokenPrivileges, out.ptr, 2048, length.ptr);
  return Buffer.from(out.bytes.subarray(0, length.view.getUint32(0, true))).toString('hex');
}

/** Has the system enable a privilege in this process, or disable it. @param luid below 2^32 */
export function adjustPrivilege(luid: number, enabled: boolean): void {
  using token = TokenHandle.ofProcess(native, TokenAccess.TOKEN_ADJUST_PRIVILEGES | TokenAccess.TOKEN_QUERY);
  using change = native.memory.alloc(16);
  change.view.setUint32(0, 1, true);
  change.view.setUint32(4, luid, true);
  change.view.setUint32(12, enabled ? 2 : 0, true);
  native.advapi32.AdjustTokenPrivileges(token.handle, 0, change.ptr, 16, 0 as never, 0 as never);
}
