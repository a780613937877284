/** `SID_MAX_SUB_AUTHORITIES` of winnt.h. */
export const MAX_SUB_AUTHORITIES = 15;

/** Bytes of a SID before its sub-authorities: revision, count, authority. */
export const SID_HEADER = 8;

export const MAX_UINT32 = 0xffff_ffff;

/** An identifier authority has 48 bits. */
export const MAX_AUTHORITY = 0xffff_ffff_ffff;
