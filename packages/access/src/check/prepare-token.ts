import type { Claim } from '../descriptor/claim-attribute.ts';
import type { Sid } from '../sid/sid.ts';
import { asGroup, groupMembership, Membership, userMembership } from '../token/group-membership.ts';
import { hasPrivilege } from '../token/privilege-state.ts';
import { GroupAttributes, IntegrityLevel, type Token, type TokenGroup } from '../token/token.ts';

/** SIDs and what each is good for, a mask of `Membership`. */
export type SidSet = ReadonlyMap<Sid, number>;

/** A token made ready for many checks. It must not change afterwards. */
export interface PreparedToken {
  readonly sids: SidSet;
  /** `null` when the token is not restricted. */
  readonly restricted: SidSet | null;
  readonly deviceSids: SidSet;
  readonly claims: Readonly<Record<'local' | 'user' | 'device', ReadonlyMap<string, Claim>>>;
  readonly canReadSacl: boolean;
  readonly canTakeOwnership: boolean;
  readonly canRelabel: boolean;
  /** The RID of the integrity level. */
  readonly integrity: number;
}

const INTEGRITY_PREFIX = 'S-1-16-';
const NO_CLAIMS: ReadonlyMap<string, Claim> = new Map();
const NO_SIDS: SidSet = new Map();

/**
 * Does the work that depends on the token alone, once.
 * @see docs/rules.md 12.3
 */
export function prepareToken(token: Token): PreparedToken {
  const { groups = [], restricted = [], deviceGroups } = token;
  const user = asGroup(token.user);
  const sids = new Map<Sid, number>([[user.sid, userMembership(user)]]);
  addGroups(sids, groups);
  return {
    sids,
    restricted: restricted.length === 0 ? null : addGroups(new Map(), restricted),
    deviceSids: deviceGroups === undefined ? NO_SIDS : addGroups(new Map(), deviceGroups),
    claims: {
      local: claimsByName(token.localClaims),
      user: claimsByName(token.userClaims),
      device: claimsByName(token.deviceClaims),
    },
    canReadSacl: hasPrivilege(token, 'SeSecurityPrivilege'),
    canTakeOwnership: hasPrivilege(token, 'SeTakeOwnershipPrivilege'),
    canRelabel: hasPrivilege(token, 'SeRelabelPrivilege'),
    integrity: token.integrity ?? integrityOfGroups(groups) ?? IntegrityLevel.Medium,
  };
}

function addGroups(sids: Map<Sid, number>, groups: readonly (Sid | TokenGroup)[]): Map<Sid, number> {
  for (const entry of groups) {
    const group = asGroup(entry);
    const before = sids.get(group.sid) ?? 0;
    sids.set(group.sid, merged(before, groupMembership(group)));
  }
  return sids;
}

/** A SID that is listed twice, once for deny only, allows nothing. */
function merged(a: number, b: number): number {
  const denyOnly = a === Membership.Deny || b === Membership.Deny;
  return denyOnly ? Membership.Deny : a | b;
}

function integrityOfGroups(groups: readonly (Sid | TokenGroup)[]): number | undefined {
  for (const entry of groups) {
    const { sid, attributes } = asGroup(entry);
    if ((attributes & GroupAttributes.Integrity) !== 0 && sid.startsWith(INTEGRITY_PREFIX))
      return Number(sid.slice(INTEGRITY_PREFIX.length));
  }
  return undefined;
}

function claimsByName(claims: Readonly<Record<string, Claim>> | undefined): ReadonlyMap<string, Claim> {
  if (claims === undefined) return NO_CLAIMS;
  return new Map(Object.entries(claims).map(([name, claim]) => [name.toLowerCase(), claim]));
}
