import type { Sid } from '../sid/sid.ts';
import { asGroup } from './group-membership.ts';
import type { PrivilegeName } from './privilege-name.ts';
import { GroupAttributes, IntegrityLevel, type Token, type TokenGroup } from './token.ts';

/** Groups of the machine whose members User Account Control filters. */
const FILTERED_GROUPS: ReadonlySet<Sid> = new Set<Sid>([
  'S-1-5-114',
  'S-1-5-32-544',
  'S-1-5-32-547',
  'S-1-5-32-548',
  'S-1-5-32-549',
  'S-1-5-32-550',
  'S-1-5-32-551',
  'S-1-5-32-554',
  'S-1-5-32-556',
  'S-1-5-32-569',
]);

/** The same for groups of a domain: its administrators, controllers, publishers and policy owners. */
const FILTERED_DOMAIN_GROUPS = /^S-1-5-21-\d+-\d+-\d+-(?:512|516|517|518|519|520|553)$/;

/** What is left of the privileges of an administrator who is not elevated. */
const KEPT_PRIVILEGES: ReadonlySet<PrivilegeName> = new Set<PrivilegeName>([
  'SeChangeNotifyPrivilege',
  'SeShutdownPrivilege',
  'SeUndockPrivilege',
  'SeIncreaseWorkingSetPrivilege',
  'SeTimeZonePrivilege',
]);

/**
 * The token of the same account without its elevation, as User Account Control makes it: administrators and
 * other powerful groups count for deny only, privileges beyond those of any user are gone, and the integrity
 * level is medium at most.
 * @see docs/rules.md 8.6
 */
export function filterToken(token: Token): Token {
  const { groups = [], privileges = [], integrity } = token;
  return {
    ...token,
    groups: groups.map(filteredGroup),
    privileges: privileges.filter((privilege) =>
      KEPT_PRIVILEGES.has(typeof privilege === 'string' ? privilege : privilege.name),
    ),
    integrity: Math.min(integrity ?? IntegrityLevel.Medium, IntegrityLevel.Medium),
  };
}

function filteredGroup(entry: Sid | TokenGroup): TokenGroup {
  const group = asGroup(entry);
  if (!FILTERED_GROUPS.has(group.sid) && !FILTERED_DOMAIN_GROUPS.test(group.sid)) return group;
  const attributes = (group.attributes & ~GroupAttributes.Enabled) | GroupAttributes.UseForDenyOnly;
  return { ...group, attributes: attributes >>> 0 };
}
