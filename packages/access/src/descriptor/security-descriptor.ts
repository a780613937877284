import type { Sid } from '../sid/sid.ts';
import type { Ace } from './ace.ts';

/** `SECURITY_DESCRIPTOR_CONTROL` bits. @see [MS-DTYP] 2.4.6 */
export const Control = {
  OwnerDefaulted: 0x0001,
  GroupDefaulted: 0x0002,
  DaclPresent: 0x0004,
  DaclDefaulted: 0x0008,
  SaclPresent: 0x0010,
  SaclDefaulted: 0x0020,
  DaclTrusted: 0x0040,
  ServerSecurity: 0x0080,
  DaclAutoInheritReq: 0x0100,
  SaclAutoInheritReq: 0x0200,
  DaclAutoInherited: 0x0400,
  SaclAutoInherited: 0x0800,
  DaclProtected: 0x1000,
  SaclProtected: 0x2000,
  RmControlValid: 0x4000,
  SelfRelative: 0x8000,
} as const;

/**
 * The three ways in which an ACL can be there. For a DACL: `absent` and `null` let everybody in, a list with
 * no entries nobody; they are told apart because services treat them differently (docs/rules.md 9.3).
 */
export type Acl =
  | { readonly kind: 'absent' }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly aces: readonly Ace[] };

/** A security descriptor as plain data. @see [MS-DTYP] 2.4.6 */
export interface SecurityDescriptor {
  readonly owner: Sid | null;
  readonly group: Sid | null;
  readonly dacl: Acl;
  readonly sacl: Acl;
  /**
   * A mask of `Control`. `DaclPresent`, `SaclPresent` and `SelfRelative` follow from the other members when
   * the descriptor is written and are ignored here.
   */
  readonly control: number;
  /** The resource manager's byte; counts when `RmControlValid` is set. */
  readonly resourceManagerControl?: number;
}

export const ABSENT_ACL: Acl = { kind: 'absent' };
export const NULL_ACL: Acl = { kind: 'null' };
