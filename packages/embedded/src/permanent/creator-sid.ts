import { decodeSid, encodeSid, type Principal, type Sid, WellKnownSid } from '@wmisec/access';
import type { CimValue } from '@wmisec/wbem';
import { tokenUser } from '../server/token-user.ts';
import { isAdministrator } from './administrators.ts';

/**
 * What is stored as the creator of a part of a subscription: administrators share one, so that what one of them
 * began another can complete.
 * @returns the bytes of a SID.
 * @see docs/rules.md 5.7
 */
export function creatorSidOf({ token }: Principal): number[] {
  return [...encodeSid(isAdministrator(token) ? WellKnownSid.Administrators : tokenUser(token))];
}

/** @returns null for what is no SID: such a part belongs to nobody. */
export function storedCreator(value: CimValue | undefined): Sid | null {
  if (!Array.isArray(value)) return null;
  try {
    return decodeSid(Uint8Array.from(value as readonly number[]));
  } catch {
    return null;
  }
}
