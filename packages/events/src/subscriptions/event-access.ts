import {
  AccessRight,
  type Ace,
  AceFlags,
  AceType,
  NamespaceRight,
  type SecurityDescriptor,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';

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

function letsPublish({ type, flags, mask }: Ace): boolean {
  if (!ALLOWING.has(type) || (flags & AceFlags.InheritOnly) !== 0) return false;
  return (mask & (NamespaceRight.WBEM_RIGHT_PUBLISH | AccessRight.GenericAll)) !== 0;
}
