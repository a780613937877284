import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';

const DENIES: ReadonlySet<number> = new Set([
  AceType.AccessDenied,
  AceType.AccessDeniedObject,
  AceType.AccessDeniedCallback,
  AceType.AccessDeniedCallbackObject,
]);

/** The places of the preferred order: own denies, other own entries, inherited entries. */
const Place = { OwnDeny: 0, Own: 1, Inherited: 2 } as const;

/**
 * Whether the entries of a DACL stand in the preferred order: own before inherited, and among its own deny
 * before allow. Inherited entries are taken as they are, since nothing tells which ancestor one is from.
 * @see Order of ACEs in a DACL (Win32)
 */
export function isCanonicalOrder(aces: readonly Ace[]): boolean {
  return aces.every((ace, i) => i === 0 || placeOf(aces[i - 1]!) <= placeOf(ace));
}

/** The entries in the preferred order; entries of one place keep their order. */
export function canonicalOrder(aces: readonly Ace[]): Ace[] {
  return aces.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ type, flags }: Ace): number {
  if ((flags & AceFlags.Inherited) !== 0) return Place.Inherited;
  return DENIES.has(type) ? Place.OwnDeny : Place.Own;
}
