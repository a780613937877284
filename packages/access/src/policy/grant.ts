import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { ownAces } from '../namespace/check-namespace-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import type { AppliesTo, NamespacePolicy, PolicyEntry } from './policy.ts';

export interface Grant {
  readonly namespace: string;
  readonly sid: Sid;
  /** A mask of `NamespaceRight`, added to what the SID has. */
  readonly mask: number;
  readonly appliesTo: AppliesTo;
}

/** The policy that gives a SID rights beside those that it has; its other entries stay. */
export function grantPolicy(
  current: SecurityDescriptor,
  { namespace, sid, mask, appliesTo }: Grant,
): NamespacePolicy {
  const entries = ownEntries(current, sid);
  const same = entries.find((entry) => entry.effect === 'allow' && entry.appliesTo === appliesTo);
  const others = entries.filter((entry) => entry !== same);
  const granted: PolicyEntry = { effect: 'allow', sid, mask: (mask | (same?.mask ?? 0)) >>> 0, appliesTo };
  return { namespace, mode: 'add', entries: [...others, granted], revoke: [] };
}

/** The policy that leaves a SID no entry of the namespace's own. */
export function revokePolicy(namespace: string, sid: Sid): NamespacePolicy {
  return { namespace, mode: 'add', entries: [], revoke: [sid] };
}

function ownEntries({ dacl }: SecurityDescriptor, sid: Sid): PolicyEntry[] {
  if (dacl.kind !== 'list') return [];
  return ownAces(dacl.aces)
    .filter((ace) => ace.sid === sid)
    .map((ace) => ({
      effect: ace.type === AceType.AccessDenied ? 'deny' : 'allow',
      sid,
      mask: ace.mask,
      appliesTo: appliesToOf(ace),
    }));
}

function appliesToOf({ flags }: Ace): AppliesTo {
  if ((flags & AceFlags.ContainerInherit) === 0) return 'this';
  return (flags & AceFlags.InheritOnly) === 0 ? 'thisAndChildren' : 'children';
}
