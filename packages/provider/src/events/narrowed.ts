import {
  type Ace,
  AceType,
  checkPrepared,
  NamespaceRight,
  type PreparedDescriptor,
  parseSddl,
  prepareToken,
  type SecurityDescriptor,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';

const { WBEM_RIGHT_SUBSCRIBE } = NamespaceRight;

/** Who need not be authenticated users. */
const UNAUTHENTICATED: readonly Sid[] = [WellKnownSid.World, WellKnownSid.Anonymous, WellKnownSid.Guests];

/** In a mask that names generic rights this one may be. */
const MAY_SUBSCRIBE = WBEM_RIGHT_SUBSCRIBE | 0xf000_0000;

const DENIALS: readonly AceType[] = [
  AceType.AccessDenied,
  AceType.AccessDeniedObject,
  AceType.AccessDeniedCallback,
  AceType.AccessDeniedCallbackObject,
];

/**
 * A descriptor under which nobody subscribes whom the policy of the definition keeps out, since a host that tells
 * nothing of its subscribers checks this one alone: whom the policy denies, it denies too.
 * @throws WmisecError `INVALID_ARGUMENT` for one that lets in more than the policy.
 * @throws ParseError `INVALID_SDDL`.
 */
export function narrowed(policy: PreparedDescriptor, security: string): SecurityDescriptor {
  const given = parseSddl(security);
  const { dacl } = given;
  if (dacl.kind !== 'list') throw wider('everybody');
  for (const { type, mask, sid } of dacl.aces)
    if (!DENIALS.includes(type) && (mask & MAY_SUBSCRIBE) !== 0 && !letsIn(policy, sid)) throw wider(sid);
  return { ...given, dacl: { kind: 'list', aces: [...denialsOf(policy), ...dacl.aces] } };
}

/** An entry that denies may be for a group of somebody of whom the SID alone is known. */
export function deniesSomebody(policy: PreparedDescriptor): boolean {
  return acesOf(policy).some(
    ({ type, mask }) => type !== AceType.AccessAllowed && (mask & MAY_SUBSCRIBE) !== 0,
  );
}

function denialsOf(policy: PreparedDescriptor): Ace[] {
  return acesOf(policy).filter(({ type }) => DENIALS.includes(type));
}

function acesOf({ source: { dacl } }: PreparedDescriptor): readonly Ace[] {
  return dacl.kind === 'list' ? dacl.aces : [];
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
