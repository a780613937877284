import { hresultFromWin32, parseGuid, Win32Error, WmisecError } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { ClaimAttribute } from '../descriptor/claim-attribute.ts';
import type { Acl, SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { AccessRight } from './access-rights.ts';
import { GENERIC_RIGHTS, type GenericMapping, mapGenericRights } from './generic-mapping.ts';
import { type MandatoryRules, mandatoryRules } from './mandatory-rules.ts';
import { type ObjectTree, type ObjectTypeEntry, objectTree, SINGLE_NODE } from './object-tree.ts';
import { VerdictCache } from './verdict-cache.ts';

export interface CheckOptions {
  /** What generic rights in entries mean; absent, they are left as they are. */
  readonly mapping?: GenericMapping;
  /** An object type list; absent, the object is checked as a whole. */
  readonly tree?: readonly ObjectTypeEntry[];
  /** The SID that stands for PRINCIPAL_SELF (S-1-5-10) in entries. */
  readonly self?: Sid;
  /** Whether the owner has READ_CONTROL and WRITE_DAC without an entry; default true. */
  readonly implicitOwner?: boolean;
}

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

/** A descriptor made ready for many checks. It must not change afterwards. */
export interface PreparedDescriptor {
  readonly source: SecurityDescriptor;
  readonly options: CheckOptions;
  readonly owner: Sid;
  /** True without a DACL: everybody is let in. */
  readonly open: boolean;
  readonly rules: readonly Rule[];
  /** READ_CONTROL and WRITE_DAC, or 0 when the owner has nothing beyond the entries. */
  readonly ownerRights: number;
  readonly tree: ObjectTree;
  readonly byType: boolean;
  readonly mandatory: MandatoryRules;
  readonly resource: ReadonlyMap<string, ClaimAttribute>;
  readonly verdicts: VerdictCache;
}

export const OWNER_RIGHTS: Sid = 'S-1-3-4';
export const PRINCIPAL_SELF: Sid = 'S-1-5-10';
/** Bits that no entry gives: ACCESS_SYSTEM_SECURITY comes from a privilege alone, MAXIMUM_ALLOWED is a question. */
const NEVER_FROM_ACES = AccessRight.AccessSystemSecurity | AccessRight.MaximumAllowed;

/**
 * Does the work that depends on the descriptor alone, once.
 * @throws WmisecError `ERROR_INVALID_SECURITY_DESCR` (1338) without owner or group, `ERROR_INVALID_PARAMETER` for a
 * bad object type list; ParseError `INVALID_GUID`.
 * @see docs/rules.md 12.3
 */
export function prepareDescriptor(
  sd: SecurityDescriptor,
  options: CheckOptions = NO_OPTIONS,
): PreparedDescriptor {
  const owner = requireOwnerAndGroup(sd);
  const byType = options.tree !== undefined;
  const tree = options.tree === undefined ? SINGLE_NODE : objectTree(options.tree);
  const aces = listOf(sd.dacl);
  return {
    source: sd,
    options,
    owner,
    open: sd.dacl.kind !== 'list',
    rules: rulesOf(aces, tree, byType, owner, options),
    ownerRights: ownerRights(aces, options),
    tree,
    byType,
    mandatory: mandatoryRules(listOf(sd.sacl)),
    resource: resourceAttributes(listOf(sd.sacl)),
    verdicts: new VerdictCache(),
  };
}

const NO_OPTIONS: CheckOptions = {};
const NO_ACES: readonly Ace[] = [];
const NO_ATTRIBUTES: ReadonlyMap<string, ClaimAttribute> = new Map();

export function listOf(acl: Acl): readonly Ace[] {
  return acl.kind === 'list' ? acl.aces : NO_ACES;
}

function requireOwnerAndGroup({ owner, group }: SecurityDescriptor): Sid {
  if (owner !== null && group !== null) return owner;
  const lacks = owner === null ? 'an owner' : 'a group';
  throw new WmisecError(
    'ERROR_INVALID_SECURITY_DESCR',
    `a security descriptor without ${lacks} cannot be checked`,
    {
      hresult: hresultFromWin32(Win32Error.ERROR_INVALID_SECURITY_DESCR),
    },
  );
}

function rulesOf(
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

/** An entry for OWNER RIGHTS takes the place of what the owner has by itself, whatever it grants. */
function ownerRights(aces: readonly Ace[], { implicitOwner = true }: CheckOptions): number {
  if (!implicitOwner) return 0;
  for (const { sid, flags } of aces)
    if (sid === OWNER_RIGHTS && (flags & AceFlags.InheritOnly) === 0) return 0;
  return AccessRight.ReadControl | AccessRight.WriteDac;
}

/** The first attribute of a name counts. @see [MS-DTYP] 2.5.3.1.7 */
function resourceAttributes(sacl: readonly Ace[]): ReadonlyMap<string, ClaimAttribute> {
  if (sacl.length === 0) return NO_ATTRIBUTES;
  const attributes = new Map<string, ClaimAttribute>();
  for (const { type, attribute } of sacl) {
    if (type !== AceType.SystemResourceAttribute || attribute === undefined) continue;
    const name = attribute.name.toLowerCase();
    if (!attributes.has(name)) attributes.set(name, attribute);
  }
  return attributes;
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
