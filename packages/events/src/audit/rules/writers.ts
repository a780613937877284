import {
  AccessRight,
  type Ace,
  checkAccess,
  describeAce,
  formatSddl,
  GroupAttributes,
  NAMESPACE_MAPPING,
  NamespaceRight,
  type SecurityDescriptor,
  type Sid,
  sidName,
  WellKnownSid,
} from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';
import type { Draft } from '../finding.ts';
import type { AuditedNamespace } from '../inventory.ts';
import type { NamespaceRule, RuleContext } from './rule.ts';

/** Each of them is enough to write a subscription, now or after changing the descriptor. @see docs/rules.md 14 */
const WAYS: readonly (readonly [word: string, mask: number])[] = [
  ['write subscriptions', NamespaceRight.WBEM_ENABLE | NamespaceRight.WBEM_FULL_WRITE_REP],
  ['change the descriptor', NamespaceRight.WRITE_DAC],
  ['take the ownership', AccessRight.WriteOwner],
];

/** Stand for others, or get nothing that is theirs. */
const NOBODY: ReadonlySet<Sid> = new Set<Sid>([WellKnownSid.CreatorOwner, WellKnownSid.CreatorGroup]);

/** Namespaces whose descriptor lets others than administrators write subscriptions. */
export const writers: NamespaceRule = (audited, context) => {
  const { namespace, descriptor } = audited;
  if (descriptor === null) return [];
  if (descriptor.dacl.kind !== 'list') {
    const message = `${namespace} has no DACL: everybody can write subscriptions`;
    return [draft(audited, descriptor, message, { severity: 'critical', evidence: {} })];
  }
  return candidates(descriptor, context).flatMap((sid) => {
    const ways = WAYS.filter(([, mask]) => isGranted(descriptor, sid, mask)).map(([word]) => word);
    if (ways.length === 0) return [];
    const name = context.accountName(sid) ?? sidName(sid);
    const message = `${name} can ${ways.join(' and ')} in ${namespace}`;
    const aces = aceList(descriptor)
      .filter((ace) => ace.sid === sid)
      .map((ace) => describeAce(ace));
    return [draft(audited, descriptor, message, { evidence: { entries: aces.join('; ') || 'owner' } })];
  });
};

function draft(
  { namespace }: AuditedNamespace,
  descriptor: SecurityDescriptor,
  message: string,
  changes: Pick<Draft, 'evidence' | 'severity'>,
): Draft {
  const matter = [message, sddlOf(descriptor)];
  return { rule: 'subscription-writers', namespace, subject: null, message, matter, ...changes };
}

function candidates(descriptor: SecurityDescriptor, { isAdministrator }: RuleContext): Sid[] {
  const named = [descriptor.owner, ...aceList(descriptor).map(({ sid }) => sid)];
  return [...new Set(named)].filter(
    (sid) => sid !== null && !NOBODY.has(sid) && !isAdministrator(sid),
  ) as Sid[];
}

function aceList({ dacl }: SecurityDescriptor): readonly Ace[] {
  return dacl.kind === 'list' ? dacl.aces : [];
}

/** Whether the SID alone has a right; what is denied to everybody is denied to it as well. */
function isGranted(descriptor: SecurityDescriptor, sid: Sid, mask: number): boolean {
  const groups = [WellKnownSid.World, WellKnownSid.AuthenticatedUser]
    .filter((group) => group !== sid)
    .map((group) => ({ sid: group, attributes: GroupAttributes.UseForDenyOnly }));
  const complete = {
    ...descriptor,
    owner: descriptor.owner ?? WellKnownSid.Administrators,
    group: descriptor.group ?? WellKnownSid.Administrators,
  };
  return checkAccess(complete, { user: sid, groups }, mask, { mapping: NAMESPACE_MAPPING }).granted;
}

function sddlOf(descriptor: SecurityDescriptor): string {
  try {
    return formatSddl(descriptor);
  } catch (error) {
    if (!(error instanceof WmisecError)) throw error;
    return JSON.stringify(descriptor);
  }
}
