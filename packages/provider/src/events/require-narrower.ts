import {
  AceType,
  checkPrepared,
  NamespaceRight,
  type PreparedDescriptor,
  parseSddl,
  prepareToken,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';

const { WBEM_RIGHT_SUBSCRIBE } = NamespaceRight;

/** Who need not be authenticated users. */
const UNAUTHENTICATED: readonly Sid[] = [WellKnownSid.World, WellKnownSid.Anonymous, WellKnownSid.Guests];

/**
 * Checks that a descriptor lets nobody subscribe whom the policy of the definition keeps out. A host that tells nothing
 * of its subscribers checks this one alone.
 * @throws WmisecError `INVALID_ARGUMENT` for one that does, or that cannot be compared.
 * @throws ParseError `INVALID_SDDL`.
 */
export function requireNarrower(policy: PreparedDescriptor, security: string): void {
  const { dacl } = parseSddl(security);
  if (dacl.kind !== 'list') throw wider('everybody');
  if (deniesSomebody(policy)) throw wider('whoever the policy denies as a member of a group');
  for (const { type, mask, sid } of dacl.aces)
    if (type !== AceType.AccessDenied && (mask & WBEM_RIGHT_SUBSCRIBE) !== 0 && !letsIn(policy, sid))
      throw wider(sid);
}

/** An entry that denies may be for a group of somebody of whom the SID alone is known. */
export function deniesSomebody({ source: { dacl } }: PreparedDescriptor): boolean {
  return (
    dacl.kind === 'list' &&
    dacl.aces.some(({ type, mask }) => type !== AceType.AccessAllowed && (mask & WBEM_RIGHT_SUBSCRIBE) !== 0)
  );
}

function letsIn(policy: PreparedDescriptor, user: Sid): boolean {
  const { World, AuthenticatedUser } = WellKnownSid;
  const groups = UNAUTHENTICATED.includes(user) ? [World] : [World, AuthenticatedUser];
  return checkPrepared(policy, prepareToken({ user, groups }), WBEM_RIGHT_SUBSCRIBE).granted;
}

function wider(whom: string): WmisecError {
  return new WmisecError(
    'INVALID_ARGUMENT',
    `the security of events: expected to narrow the one of the definition, got one that lets in ${whom}`,
  );
}
