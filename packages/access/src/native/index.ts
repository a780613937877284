export { type Account, accountOfSid, sidOfAccount } from './accounts.ts';
export { type NativeAccessResult, nativeAccessCheck } from './native-access-check.ts';
export { readToken } from './read-token.ts';
export { TokenHandle } from './token-handle.ts';
export { TokenInformationClass, tokenInformation } from './token-information.ts';
