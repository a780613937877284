import { type Ace, AceFlags } from '../descriptor/ace.ts';
import { type Acl, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { ownAces } from './check-namespace-descriptor.ts';

/**
 * What a namespace inherits: the parent's entries that carry container-inherit, marked as inherited. With
 * no-propagate they end at this child. A parent whose DACL is protected passes nothing on.
 * @param parent with its own and its inherited entries.
 * @see docs/rules.md 9.4, K3
 */
export function inheritedAces(parent: SecurityDescriptor, acl: 'dacl' | 'sacl' = 'dacl'): Ace[] {
  const protectedBit = acl === 'dacl' ? Control.DaclProtected : Control.SaclProtected;
  if ((parent.control & protectedBit) !== 0) return [];
  return aces(parent[acl]).filter(isForContainers).map(asInherited);
}

/**
 * The descriptor in force on a namespace: its own entries, then what it inherits, nearest parent first.
 * @param parent in force on the parent; null for `root`.
 * @see docs/rules.md 9.4
 */
export function namespaceDescriptorInForce(
  own: SecurityDescriptor,
  parent: SecurityDescriptor | null,
): SecurityDescriptor {
  if (parent === null) return own;
  return {
    ...own,
    dacl: extended(own.dacl, inheritedAces(parent)),
    sacl: extended(own.sacl, inheritedAces(parent, 'sacl')),
  };
}

function extended(own: Acl, inherited: readonly Ace[]): Acl {
  if (own.kind !== 'list' && inherited.length === 0) return own;
  return { kind: 'list', aces: [...ownAces(aces(own)), ...inherited] };
}

function aces(acl: Acl): readonly Ace[] {
  return acl.kind === 'list' ? acl.aces : [];
}

function isForContainers({ flags }: Ace): boolean {
  return (flags & AceFlags.ContainerInherit) !== 0;
}

function asInherited(ace: Ace): Ace {
  const ends = (ace.flags & AceFlags.NoPropagateInherit) !== 0;
  const cleared = AceFlags.InheritOnly | (ends ? AceFlags.ContainerInherit | AceFlags.NoPropagateInherit : 0);
  return { ...ace, flags: (ace.flags & ~cleared) | AceFlags.Inherited };
}
