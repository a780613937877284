import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Token } from '../token/token.ts';
import type { AccessResult } from './access-result.ts';
import { decide, requireMappedMask } from './decide.ts';
import { type CheckOptions, type PreparedDescriptor, prepareDescriptor } from './prepare-descriptor.ts';
import { type PreparedToken, prepareToken } from './prepare-token.ts';
import { keptVerdict, reachVerdict } from './verdict.ts';

/**
 * Whether a token has the desired access, decided as Windows' `AccessCheck` decides it: privileges, mandatory
 * integrity, the owner's rights, then the entries in order.
 * @param desired unsigned 32 bits without generic rights; `AccessRight.MaximumAllowed` asks for all there is.
 * @throws WmisecError `ERROR_GENERIC_NOT_MAPPED` (1360) for a generic bit in `desired`, `ERROR_INVALID_SECURITY_DESCR`
 * (1338) for a descriptor without owner or group, `ERROR_INVALID_PARAMETER` (87) for a bad object type list; each
 * carries the Win32 error as HRESULT.
 * @see docs/rules.md 4.4, 12.3, [MS-DTYP] 2.5.3.2
 */
export function checkAccess(
  sd: SecurityDescriptor,
  token: Token,
  desired: number,
  options?: CheckOptions,
): AccessResult {
  requireMappedMask(desired);
  const descriptor = prepareDescriptor(sd, options);
  return decide(descriptor, reachVerdict(descriptor, prepareToken(token)), desired);
}

/**
 * `checkAccess` for a descriptor and a token that are checked often: the DACL of a pair is walked once.
 * @throws WmisecError `ERROR_GENERIC_NOT_MAPPED` (1360) for a generic bit in `desired`.
 */
export function checkPrepared(
  descriptor: PreparedDescriptor,
  token: PreparedToken,
  desired: number,
): AccessResult {
  requireMappedMask(desired);
  return decide(descriptor, keptVerdict(descriptor, token), desired);
}
