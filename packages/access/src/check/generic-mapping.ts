import { AccessRight } from './access-rights.ts';

/** What the four generic rights mean for a kind of object, `GENERIC_MAPPING`. */
export interface GenericMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}

/** The four generic bits of an access mask. */
export const GENERIC_RIGHTS = 0xf0000000;

/**
 * Replaces the generic bits of a mask by what they mean, as `MapGenericMask` does. Without a mapping the mask
 * stays as it is.
 */
export function mapGenericRights(mask: number, mapping: GenericMapping | undefined): number {
  if (mapping === undefined || (mask & GENERIC_RIGHTS) === 0) return mask >>> 0;
  let mapped = mask & ~GENERIC_RIGHTS;
  if ((mask & AccessRight.GenericRead) !== 0) mapped |= mapping.read;
  if ((mask & AccessRight.GenericWrite) !== 0) mapped |= mapping.write;
  if ((mask & AccessRight.GenericExecute) !== 0) mapped |= mapping.execute;
  if ((mask & AccessRight.GenericAll) !== 0) mapped |= mapping.all;
  return mapped >>> 0;
}
