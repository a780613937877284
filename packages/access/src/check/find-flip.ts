import { type Ace, AceType } from '../descriptor/ace.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { asGroup } from '../token/group-membership.ts';
import type { PrivilegeName } from '../token/privilege-name.ts';
import { GroupAttributes, type Token, type TokenGroup } from '../token/token.ts';
import type { AccessResult } from './access-result.ts';
import { AccessRight } from './access-rights.ts';
import { checkAccess } from './check-access.ts';
import { OWNER_RIGHTS } from './dacl-rules.ts';
import type { AceStep, Flip } from './explanation.ts';
import { mandatoryRules } from './mandatory-rules.ts';
import { type CheckOptions, listOf } from './prepare-descriptor.ts';

/** A check that was made, and its outcome. */
export interface Checked {
  readonly sd: SecurityDescriptor;
  readonly token: Token;
  readonly desired: number;
  readonly options: CheckOptions;
  readonly result: AccessResult;
  readonly missing: number;
  readonly deciding: AceStep | null;
}

interface Candidate extends Flip {
  readonly sd?: SecurityDescriptor;
  readonly token?: Token;
}

/** Tries changes, the smallest first, and returns the first that turns the answer around. */
export function findFlip(checked: Checked): Flip | null {
  const { sd, token, desired, options, result } = checked;
  for (const candidate of result.granted ? changesThatDeny(checked) : changesThatGrant(checked)) {
    const after = checkAccess(candidate.sd ?? sd, candidate.token ?? token, desired, options);
    if (after.granted !== result.granted) return { kind: candidate.kind, text: candidate.text };
  }
  return null;
}

function* changesThatGrant(checked: Checked): Generator<Candidate> {
  const { sd, token, desired, deciding, missing } = checked;
  if ((desired & AccessRight.AccessSystemSecurity) !== 0)
    yield {
      kind: 'enable-privilege',
      text: 'enable SeSecurityPrivilege',
      token: withPrivilege(token, 'SeSecurityPrivilege'),
    };
  const { level } = mandatoryRules(listOf(sd.sacl));
  yield {
    kind: 'raise-integrity',
    text: `raise the integrity level of the token to 0x${hex(level)}`,
    token: { ...token, integrity: level },
  };
  if (deciding !== null) yield withoutAce(sd, deciding);
  yield* groupsEnabled(token);
  const mask = missing === 0 ? AccessRight.ReadControl : missing;
  for (const sids of grantees(token)) yield withAce(sd, AceType.AccessAllowed, mask, sids);
}

function* changesThatDeny(checked: Checked): Generator<Candidate> {
  const { sd, token, desired, deciding } = checked;
  if (deciding !== null) yield withoutAce(sd, deciding);
  const mask = (desired & AccessRight.MaximumAllowed) !== 0 ? ALL_BUT_GENERIC : desired;
  yield withAce(sd, AceType.AccessDenied, mask, [asGroup(token.user).sid]);
  for (const privilege of USED_PRIVILEGES)
    yield {
      kind: 'disable-privilege',
      text: `disable ${privilege}`,
      token: withoutPrivilege(token, privilege),
    };
  if (sd.dacl.kind !== 'list')
    yield {
      kind: 'set-dacl',
      text: 'give the object a DACL, such as an empty one, which lets nobody in',
      sd: { ...sd, dacl: { kind: 'list', aces: [] } },
    };
  yield withAce(sd, AceType.AccessDenied, mask, [OWNER_RIGHTS]);
}

const ALL_BUT_GENERIC = 0x001fffff;
const USED_PRIVILEGES: readonly PrivilegeName[] = [
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeRelabelPrivilege',
];

function* groupsEnabled(token: Token): Generator<Candidate> {
  const { groups = [] } = token;
  for (const [i, entry] of groups.entries()) {
    const { sid, attributes } = asGroup(entry);
    if (attributes === GroupAttributes.Enabled) continue;
    const enabled: TokenGroup = { sid, attributes: enabledAttributes(attributes) };
    yield {
      kind: 'enable-group',
      text: `enable the group ${sid} in the token`,
      token: { ...token, groups: groups.with(i, enabled) },
    };
  }
}

function enabledAttributes(attributes: number): number {
  return ((attributes & ~GroupAttributes.UseForDenyOnly) | GroupAttributes.Enabled) >>> 0;
}

/** To whom a right can be given: the user, and for a restricted token one of its restricting SIDs too. */
function* grantees(token: Token): Generator<readonly Sid[]> {
  const user = asGroup(token.user).sid;
  yield [user];
  for (const entry of token.restricted ?? []) yield [user, asGroup(entry).sid];
}

function withAce(
  sd: SecurityDescriptor,
  type: typeof AceType.AccessAllowed | typeof AceType.AccessDenied,
  mask: number,
  sids: readonly Sid[],
): Candidate {
  const added: Ace[] = sids.map((sid) => ({ type, flags: 0, mask, sid }));
  const verb = type === AceType.AccessAllowed ? 'grant' : 'deny';
  return {
    kind: 'add-ace',
    text: `${verb} 0x${hex(mask)} to ${sids.join(' and ')}, ahead of the other entries`,
    sd: { ...sd, dacl: { kind: 'list', aces: [...added, ...listOf(sd.dacl)] } },
  };
}

function withoutAce(sd: SecurityDescriptor, { index, sddl }: AceStep): Candidate {
  const aces = listOf(sd.dacl).filter((_, i) => i !== index);
  return {
    kind: 'remove-ace',
    text: sddl === null ? `remove entry ${index}` : `remove entry ${index}, ${sddl}`,
    sd: { ...sd, dacl: { kind: 'list', aces } },
  };
}

function withPrivilege(token: Token, privilege: PrivilegeName): Token {
  return { ...token, privileges: [...(token.privileges ?? []), privilege] };
}

function withoutPrivilege(token: Token, privilege: PrivilegeName): Token {
  const kept = (token.privileges ?? []).filter(
    (held) => (typeof held === 'string' ? held : held.name) !== privilege,
  );
  return { ...token, privileges: kept };
}

function hex(mask: number): string {
  return (mask >>> 0).toString(16).toUpperCase();
}
