import { TokenHandle } from '@wmisec/access/native';
import { openNative, TokenInformationClass } from '@wmisec/com-core';

export const native = openNative();

/** Held and disabled in a fresh process under Wine; `SeSyncAgentPrivilege` is known to Wine and not held. */
export const HELD = 'SeSecurityPrivilege';
export const ALSO_HELD = 'SeBackupPrivilege';
export const NOT_HELD = 'SeSyncAgentPrivilege';

/** The bytes of `TOKEN_PRIVILEGES` as the system gives them: what a revert has to bring back. */
export function privilegeBytes(whose: 'process' | 'thread'): string | null {
  using token = whose === 'process' ? TokenHandle.ofProcess(native) : TokenHandle.ofThread(native);
  if (token === null) return null;
  using out = native.memory.alloc(2048);
  using length = native.memory.alloc(4);
  const { TokenPrivileges } = TokenInformationClass;
  native.advapi32.GetTokenInformation(token.handle, TokenPrivileges, out.ptr, 2048, length.ptr);
  return Buffer.from(out.bytes.subarray(0, length.view.getUint32(0, true))).toString('hex');
}

/** The system's own name of the thread's token; null when it has none. */
export function threadTokenId(): string | null {
  using token = TokenHandle.ofThread(native);
  if (token === null) return null;
  using out = native.memory.alloc(64);
  using length = native.memory.alloc(4);
  native.advapi32.GetTokenInformation(token.handle, 10, out.ptr, 64, length.ptr);
  return out.view.getBigUint64(0, true).toString(16);
}
