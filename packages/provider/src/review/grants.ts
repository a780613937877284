import { AceFlags, AceType, type SecurityDescriptor, type Sid, sidName } from '@wmisec/access';

/** One entry of a descriptor that is about a right; or the lack of a DACL, which lets everybody in. */
export interface Grant {
  readonly effect: 'allow' | 'deny' | 'conditional';
  /** null for everybody, without a DACL. */
  readonly sid: Sid | null;
  /** For people. */
  readonly name: string;
}

/** Who has a right by a descriptor, in the order of its entries. */
export function grantsOf({ dacl }: SecurityDescriptor, right: number): Grant[] {
  if (dacl.kind !== 'list') return [{ effect: 'allow', sid: null, name: 'everybody, for there is no DACL' }];
  return dacl.aces
    .filter(({ mask, flags }) => (mask & right) !== 0 && (flags & AceFlags.InheritOnly) === 0)
    .map(({ type, sid }) => ({ effect: EFFECTS.get(type) ?? 'conditional', sid, name: sidName(sid) }));
}

const EFFECTS: ReadonlyMap<number, Grant['effect']> = new Map([
  [AceType.AccessAllowed, 'allow'],
  [AceType.AccessDenied, 'deny'],
]);
