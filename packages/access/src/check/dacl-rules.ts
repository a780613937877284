import { parseGuid } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { Sid } from '../sid/sid.ts';
import { AccessRight } from './access-rights.ts';
import { GENERIC_RIGHTS, mapGenericRights } from './generic-mapping.ts';
import type { ObjectTree } from './object-tree.ts';
import type { CheckOptions } from './prepare-descriptor.ts';

/** An entry of a DACL that a walk can apply. */
export interface Rule {
  /** Its position in the DACL. */
  readonly index: number;
  readonly ace: Ace;
  readonly allow: boolean;
  /** Whom it is for, after OWNER RIGHTS and PRINCIPAL_SELF are replaced. */
  readonly sid: Sid;
  /** With generic rights mapped. */
  readonly mask: number;
  readonly node: number;
  readonly conditional: boolean;
}

export type SkipReason = 'inherit-only' | 'type-without-tree' | 'type-not-listed' | 'type-without-effect';

export const OWNER_RIGHTS: Sid = 'S-1-3-4';
export const PRINCIPAL_SELF: Sid = 'S-1-5-10';
/** Bits that no entry gives: ACCESS_SYSTEM_SECURITY comes from a privilege alone, MAXIMUM_ALLOWED is a question. */
const NEVER_FROM_ACES = AccessRight.AccessSystemSecurity | AccessRight.MaximumAllowed;

/** The entries of a DACL that say something in a check. */
export function rulesOf(
  aces: readonly Ace[],
  tree: ObjectTree,
  byType: boolean,
  owner: Sid,
  options: CheckOptions,
): readonly Rule[] {
  const rules: Rule[] = [];
  for (let index = 0; index < aces.length; index++) {
    const ace = aces[index]!;
    const node = nodeOf(ace, tree, byType);
    if (typeof node === 'number') rules.push(ruleOf(ace, index, node, owner, options));
  }
  return rules;
}

/** The node that an entry speaks about, or why it says nothing here. */
export function nodeOf(ace: Ace, tree: ObjectTree, byType: boolean): number | SkipReason {
  const effect = DACL_EFFECTS[ace.type];
  if (effect === undefined) return 'type-without-effect';
  if ((ace.flags & AceFlags.InheritOnly) !== 0) return 'inherit-only';
  if (ace.objectType === undefined) return 0;
  if (!byType) return effect.allow ? 'type-without-tree' : 0;
  return tree.indexOf.get(parseGuid(ace.objectType)) ?? 'type-not-listed';
}

function ruleOf(ace: Ace, index: number, node: number, owner: Sid, { mapping, self }: CheckOptions): Rule {
  const { allow, conditional } = DACL_EFFECTS[ace.type]!;
  const { sid } = ace;
  return {
    index,
    ace,
    allow,
    sid: sid === OWNER_RIGHTS ? owner : sid === PRINCIPAL_SELF ? (self ?? sid) : sid,
    mask:
      mapGenericRights(ace.mask, mapping) & ~NEVER_FROM_ACES & (mapping === undefined ? -1 : ~GENERIC_RIGHTS),
    node,
    conditional,
  };
}

interface DaclEffect {
  readonly allow: boolean;
  readonly conditional: boolean;
}

/** What each type of entry does in a DACL, by the number of the type; the others do nothing there. */
const DACL_EFFECTS: readonly (DaclEffect | undefined)[] = effectsByType([
  [AceType.AccessAllowed, true, false],
  [AceType.AccessDenied, false, false],
  [AceType.AccessAllowedObject, true, false],
  [AceType.AccessDeniedObject, false, false],
  [AceType.AccessAllowedCallback, true, true],
  [AceType.AccessDeniedCallback, false, true],
  [AceType.AccessAllowedCallbackObject, true, true],
  [AceType.AccessDeniedCallbackObject, false, true],
]);

function effectsByType(rows: readonly (readonly [AceType, boolean, boolean])[]): (DaclEffect | undefined)[] {
  const effects = new Array<DaclEffect | undefined>(AceType.SystemAccessFilter + 1).fill(undefined);
  for (const [type, allow, conditional] of rows) effects[type] = { allow, conditional };
  return effects;
}
