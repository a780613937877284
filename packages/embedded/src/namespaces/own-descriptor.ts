import { type Acl, Control, ownAces, type SecurityDescriptor } from '@wmisec/access';

/**
 * What is stored of a namespace when its DACL is replaced: the given entries that are not inherited, in their
 * order. Whether the DACL passes entries on to children comes with it; owner, group and SACL stay.
 * @see docs/rules.md 9.3, 9.4
 */
export function withOwnDacl(
  before: SecurityDescriptor,
  { dacl, control }: SecurityDescriptor,
): SecurityDescriptor {
  const own: Acl = { kind: 'list', aces: dacl.kind === 'list' ? ownAces(dacl.aces) : [] };
  const isProtected = control & Control.DaclProtected;
  return { ...before, dacl: own, control: (before.control & ~Control.DaclProtected) | isProtected };
}
