import type { Sid } from './sid.ts';
import { MAX_UINT32 } from './sid-limits.ts';

/** Decimal below 2^32, else `0x` and twelve hex digits. */
export function authorityText(authority: number): string {
  return authority <= MAX_UINT32 ? String(authority) : `0x${authority.toString(16).padStart(12, '0')}`;
}

/** The text of a SID by its numbers. */
export function sidOf(authority: number, subAuthorities: readonly number[]): Sid {
  return `S-1-${[authorityText(authority), ...subAuthorities].join('-')}`;
}
