import type { Native, NativeBlock, Ptr } from '@wmisec/com-core';
import { hresultFromWin32, WbemError } from '@wmisec/wbem';

/** `TOKEN_INFORMATION_CLASS` of winnt.h: the classes that a token is read from. */
export const TokenInformationClass = {
  TokenUser: 1,
  TokenGroups: 2,
  TokenPrivileges: 3,
  TokenType: 8,
  TokenImpersonationLevel: 9,
  TokenStatistics: 10,
  TokenRestrictedSids: 11,
  TokenIntegrityLevel: 25,
} as const;

/**
 * What `GetTokenInformation` answers for a class, in native memory that the caller frees.
 * @throws WbemError with the Win32 error as HRESULT.
 */
export function tokenInformation(
  native: Native,
  token: Ptr<'HANDLE'>,
  informationClass: number,
): NativeBlock {
  const { advapi32, memory } = native;
  using length = memory.alloc(4);
  advapi32.GetTokenInformation(token, informationClass, 0 as Ptr, 0, length.ptr);
  const block = memory.alloc(Math.max(length.view.getUint32(0, true), 4));
  const { result, lastError } = native.withLastError(() =>
    advapi32.GetTokenInformation(token, informationClass, block.ptr, block.bytes.length, length.ptr),
  );
  if (result !== 0) return block;
  block.free();
  throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'GetTokenInformation' });
}
