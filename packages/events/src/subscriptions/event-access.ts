import {
  AccessRight,
  type Ace,
  AceFlags,
  AceType,
  NamespaceRight,
  parseSddl,
  type SecurityDescriptor,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';
import { ParseError } from '@wmisec/wbem';

const EVERYBODY: ReadonlySet<Sid> = new Set<Sid>([
  WellKnownSid.World,
  WellKnownSid.Anonymous,
  WellKnownSid.AuthenticatedUser,
  WellKnownSid.Users,
  WellKnownSid.Guests,
  WellKnownSid.Network,
  WellKnownSid.Interactive,
]);

const ALLOWING: ReadonlySet<AceType> = new Set<AceType>([
  AceType.AccessAllowed,
  AceType.AccessAllowedObject,
  AceType.AccessAllowedCallback,
  AceType.AccessAllowedCallbackObject,
]);

/** Whom the entries of a DACL let publish; null for everybody, as without a DACL. */
export function publishersOf({ dacl }: SecurityDescriptor): Sid[] | null {
  if (dacl.kind !== 'list') return null;
  return dacl.aces.filter(letsPublish).map(({ sid }) => sid);
}

/** The groups that nearly everybody is in. */
export function isEverybody(sid: Sid): boolean {
  return EVERYBODY.has(sid);
}

/** What an `EventAccess` says, null for text that is no descriptor. */
export function parseEventAccess(text: string): SecurityDescriptor | null {
  try {
    return parseSddl(text);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function letsPublish({ type, flags, mask }: Ace): boolean {
  if (!ALLOWING.has(type) || (flags & AceFlags.InheritOnly) !== 0) return false;
  return (mask & (NamespaceRight.WBEM_RIGHT_PUBLISH | AccessRight.GenericAll)) !== 0;
}
