import type { Guid } from '@wmisec/wbem';
import { GENERIC_RIGHTS, type GenericMapping, mapGenericRights } from '../check/generic-mapping.ts';
import { type Ace, AceFlags } from '../descriptor/ace.ts';
import type { Sid } from '../sid/sid.ts';
import { WellKnownSid } from '../sid/well-known-sid.ts';

/** What a child is, as far as inheritance asks. */
export interface Child {
  /** Whether it can have children itself, as a directory or a key. */
  readonly isContainer: boolean;
  /** Stands in for CREATOR OWNER and for CREATOR GROUP. */
  readonly owner: Sid;
  readonly group: Sid;
  /** Its class, for object ACEs that only some classes inherit; none matches when absent. */
  readonly objectType?: Guid | undefined;
  /** What generic rights mean for it; when absent they stay generic. */
  readonly mapping?: GenericMapping | undefined;
}

const { ObjectInherit, ContainerInherit, NoPropagateInherit, InheritOnly, Inherited } = AceFlags;
const INHERITANCE = ObjectInherit | ContainerInherit | NoPropagateInherit | InheritOnly | Inherited;

/**
 * What a child inherits from the ACEs of its parent, in their order, marked as inherited. An ACE that holds
 * generic rights, CREATOR OWNER or CREATOR GROUP and goes on to the child's children becomes two: one in force
 * with the generic parts replaced, one that is only inherited.
 * @see ACE Inheritance Rules (Win32), [MS-DTYP] 2.5.3.4.3
 */
export function inheritAces(parent: readonly Ace[], child: Child): Ace[] {
  return parent.flatMap((ace) => (child.isContainer ? intoContainer(ace, child) : intoLeaf(ace, child)));
}

function intoLeaf(ace: Ace, child: Child): Ace[] {
  const inherits = (ace.flags & ObjectInherit) !== 0 && isForClass(ace, child);
  return inherits ? [withInheritance(inForce(ace, child), 0)] : [];
}

function intoContainer(ace: Ace, child: Child): Ace[] {
  const goesOn = (ace.flags & NoPropagateInherit) === 0;
  const inheritable = ace.flags & (ObjectInherit | ContainerInherit);
  if (inheritable === 0) return [];
  const passedOn = withInheritance(ace, inheritable | InheritOnly);
  if ((ace.flags & ContainerInherit) === 0 || !isForClass(ace, child)) return goesOn ? [passedOn] : [];
  const effective = inForce(ace, child);
  if (!goesOn) return [withInheritance(effective, 0)];
  if (!isGeneric(ace, child)) return [withInheritance(ace, inheritable)];
  return [withInheritance(effective, 0), passedOn];
}

function isForClass({ inheritedObjectType }: Ace, { objectType }: Child): boolean {
  return inheritedObjectType === undefined || inheritedObjectType === objectType;
}

function isGeneric(ace: Ace, { mapping }: Child): boolean {
  const hasGenericRights = mapping !== undefined && (ace.mask & GENERIC_RIGHTS) !== 0;
  return hasGenericRights || ace.sid === WellKnownSid.CreatorOwner || ace.sid === WellKnownSid.CreatorGroup;
}

function inForce(ace: Ace, { owner, group, mapping }: Child): Ace {
  return { ...ace, mask: mapGenericRights(ace.mask, mapping), sid: creator(ace.sid, owner, group) };
}

function creator(sid: Sid, owner: Sid, group: Sid): Sid {
  if (sid === WellKnownSid.CreatorOwner) return owner;
  return sid === WellKnownSid.CreatorGroup ? group : sid;
}

function withInheritance(ace: Ace, flags: number): Ace {
  return { ...ace, flags: (ace.flags & ~INHERITANCE) | flags | Inherited };
}
