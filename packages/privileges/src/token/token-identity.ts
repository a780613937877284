import { decodeSid, type Sid } from '@wmisec/access';
import { TokenHandle, TokenInformationClass, tokenInformation } from '@wmisec/access/native';
import { type Native, NULL } from '@wmisec/com-core';
import { hresultFromWin32, type TokenImpersonationLevel, WbemError } from '@wmisec/wbem';

const TOKEN_IMPERSONATION = 2;

/** What names a token object, and no other, until it is closed: `TOKEN_STATISTICS.TokenId`. */
export function tokenIdOf(native: Native, token: TokenHandle): string {
  using block = tokenInformation(native, token.handle, TokenInformationClass.TokenStatistics);
  return block.view.getBigUint64(0, true).toString(16);
}

/** The SID of the account. @throws WbemError */
export function userOf(native: Native, token: TokenHandle): Sid {
  using block = tokenInformation(native, token.handle, TokenInformationClass.TokenUser);
  const address = block.pointer<'SID'>();
  const subAuthorities = native.memory.read(address, 2)[1]!;
  return decodeSid(native.memory.read(address, 8 + 4 * subAuthorities));
}

/** How far the holder of an impersonation token may go. @throws WbemError for a primary token. */
export function impersonationLevelOf(native: Native, token: TokenHandle): TokenImpersonationLevel {
  using block = tokenInformation(native, token.handle, TokenInformationClass.TokenImpersonationLevel);
  return block.view.getUint32(0, true) as TokenImpersonationLevel;
}

/**
 * Another token for impersonation with the same content, which the caller closes.
 * @param access a mask of `TokenAccess`.
 * @throws WbemError with the Win32 error as HRESULT: 1346 for a level above the token's own.
 */
export function duplicateToken(
  native: Native,
  token: TokenHandle,
  level: TokenImpersonationLevel,
  access: number,
): TokenHandle {
  using out = native.memory.alloc(8);
  const { result, lastError } = native.withLastError(() =>
    native.advapi32.DuplicateTokenEx(token.handle, access, NULL, level, TOKEN_IMPERSONATION, out.ptr),
  );
  if (result === 0)
    throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'DuplicateTokenEx' });
  return TokenHandle.adopt(native, out.pointer<'HANDLE'>());
}
