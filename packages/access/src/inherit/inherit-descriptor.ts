import { type Ace, AceFlags } from '../descriptor/ace.ts';
import { ABSENT_ACL, type Acl, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { type Child, inheritAces } from './inherit-aces.ts';

export interface InheritOptions extends Child {
  /**
   * What the creator asks for. Its own ACEs come first; those marked as inherited are replaced by what the
   * parent passes on now. Absent: all comes from the parent.
   */
  readonly own?: SecurityDescriptor | undefined;
  /** The DACL of a child that gets none from its creator or its parent; absent by default. */
  readonly defaultDacl?: Acl | undefined;
}

/**
 * The descriptor of a new child, or of an old one whose parent changed, as Windows makes it with automatic
 * inheritance. An ACL that `own` protects inherits nothing; a `null` ACL of `own` stays `null`.
 * @see [MS-DTYP] 2.5.3.4, ACE Inheritance Rules (Win32)
 */
export function inheritDescriptor(
  parent: SecurityDescriptor | null,
  options: InheritOptions,
): SecurityDescriptor {
  const { own, owner, group, defaultDacl = ABSENT_ACL } = options;
  const control = (own?.control ?? 0) & ~(Control.DaclPresent | Control.SaclPresent);
  const dacl = inherited(own?.dacl, parent?.dacl, (control & Control.DaclProtected) !== 0, options);
  const sacl = inherited(own?.sacl, parent?.sacl, (control & Control.SaclProtected) !== 0, options);
  const child = {
    owner: own?.owner ?? owner,
    group: own?.group ?? group,
    dacl: dacl.kind === 'absent' ? defaultDacl : dacl,
    sacl,
  };
  const automatic =
    (dacl.kind === 'list' ? Control.DaclAutoInherited : 0) |
    (sacl.kind === 'list' ? Control.SaclAutoInherited : 0);
  return { ...child, control: control | automatic | presentBits(child) };
}

function inherited(own: Acl | undefined, parent: Acl | undefined, isProtected: boolean, child: Child): Acl {
  if (own?.kind === 'null') return own;
  const fromParent = isProtected || parent?.kind !== 'list' ? [] : inheritAces(parent.aces, child);
  if (own?.kind === 'list') return { kind: 'list', aces: [...own.aces.filter(isOwn), ...fromParent] };
  return fromParent.length > 0 ? { kind: 'list', aces: fromParent } : ABSENT_ACL;
}

function isOwn({ flags }: Ace): boolean {
  return (flags & AceFlags.Inherited) === 0;
}

function presentBits({ dacl, sacl }: Pick<SecurityDescriptor, 'dacl' | 'sacl'>): number {
  const ofDacl = dacl.kind === 'absent' ? 0 : Control.DaclPresent;
  const ofSacl = sacl.kind === 'absent' ? 0 : Control.SaclPresent;
  return ofDacl | ofSacl | Control.SelfRelative;
}
