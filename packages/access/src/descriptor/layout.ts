/** Offsets in `SECURITY_DESCRIPTOR_RELATIVE`, in bytes. @see [MS-DTYP] 2.4.6, docs/rules.md 10.4 */
export const Relative = { Revision: 0, Sbz1: 1, Control: 2, Owner: 4, Group: 8, Sacl: 12, Dacl: 16 } as const;

export const RELATIVE_HEADER = 20;

export const DESCRIPTOR_REVISION = 1;

export const ACL_HEADER = 8;

/** `ACL_REVISION`, `ACL_REVISION_DS` and the range that is read. @see [MS-DTYP] 2.4.5 */
export const AclRevision = { Min: 2, Plain: 2, Object: 4, Max: 4 } as const;

/** An ACL's size is 16 bits. */
export const MAX_ACL_SIZE = 0xffff;
