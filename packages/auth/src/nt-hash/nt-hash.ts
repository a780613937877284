import { md4 } from './md4.ts';

/**
 * The NT hash of a password: what NTLM proves knowledge of. Whoever has it can log on over the network, so it
 * is as secret as the password.
 * @param utf16 the password as UTF-16LE, without a terminator.
 * @returns 16 bytes, owned and to be wiped by the caller.
 * @see [MS-NLMP] 3.3.1, NTOWFv1
 */
export function ntHash(utf16: Uint8Array): Uint8Array {
  return md4(utf16);
}
