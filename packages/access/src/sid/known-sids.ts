import type { Sid } from './sid.ts';

const BUILTIN_FIRST = 512;

/**
 * Texts made once for the SIDs that most descriptors consist of, so that reading them builds no strings:
 * authorities 1, 3, 5 and 16 with one small sub-authority, and `S-1-5-32-*`.
 */
const ONE: readonly (readonly Sid[] | undefined)[] = [
  undefined,
  series('S-1-1-', 0, 1),
  undefined,
  series('S-1-3-', 0, 8),
  undefined,
  series('S-1-5-', 0, 128),
];
const BUILTIN: readonly Sid[] = series('S-1-5-32-', BUILTIN_FIRST, 128);

export function knownOne(authority: number, sub: number): Sid | undefined {
  return ONE[authority]?.[sub];
}

export function knownBuiltin(rid: number): Sid | undefined {
  return BUILTIN[rid - BUILTIN_FIRST];
}

function series(prefix: string, first: number, count: number): Sid[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${first + i}` as Sid);
}
