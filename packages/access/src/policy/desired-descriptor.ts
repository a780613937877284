import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { checkNamespaceDescriptor, ownAces } from '../namespace/check-namespace-descriptor.ts';
import type { AppliesTo, NamespacePolicy, PolicyEntry } from './policy.ts';

const FLAGS: Readonly<Record<AppliesTo, number>> = {
  this: 0,
  thisAndChildren: AceFlags.ContainerInherit,
  children: AceFlags.ContainerInherit | AceFlags.InheritOnly,
};

/**
 * The descriptor that a policy wants, with the namespace's own entries alone, denials first. What the policy
 * does not speak of is kept as it is. Entries are matched by SID.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` when it breaks a rule of `SetSD`.
 */
export function desiredDescriptor(current: SecurityDescriptor, policy: NamespacePolicy): SecurityDescriptor {
  const desired = { ...current, dacl: { kind: 'list', aces: desiredAces(current, policy) } } as const;
  checkNamespaceDescriptor(desired);
  return desired;
}

function desiredAces({ dacl }: SecurityDescriptor, { mode, entries, revoke }: NamespacePolicy): Ace[] {
  const settled = new Set([...revoke, ...entries.map(({ sid }) => sid)]);
  const own = dacl.kind === 'list' ? ownAces(dacl.aces) : [];
  const kept = mode === 'exact' ? [] : own.filter(({ sid }) => !settled.has(sid));
  return denialsFirst([...kept, ...entries.map(aceOf)]);
}

function aceOf({ effect, sid, mask, appliesTo }: PolicyEntry): Ace {
  const type = effect === 'allow' ? AceType.AccessAllowed : AceType.AccessDenied;
  return { type, flags: FLAGS[appliesTo], mask, sid };
}

function denialsFirst(aces: readonly Ace[]): Ace[] {
  const denies = (ace: Ace): boolean => ace.type === AceType.AccessDenied;
  return [...aces.filter(denies), ...aces.filter((ace) => !denies(ace))];
}
