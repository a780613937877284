import { type Guid, hresultFromWin32, parseGuid, Win32Error, WmisecError } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { ClaimAttribute } from '../descriptor/claim-attribute.ts';
import type { Acl, SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { AccessRight } from './access-rights.ts';
import { GENERIC_RIGHTS, type GenericMapping, mapGenericRights } from './generic-mapping.ts';
import { type MandatoryRules, mandatoryRules } from './mandatory-rules.ts';
import { type ObjectTree, type ObjectTypeEntry, objectTree, SINGLE_NODE } from './object-tree.ts';
import type { PreparedToken } from './prepare-token.ts';
import type { Verdict } from './verdict.ts';

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
  readonly mapping: GenericMapping | undefined;
  readonly owner: Sid;
  /** True without a DACL: everybody is let in. */
  readonly open: boolean;
  readonly rules: readonly Rule[];
  readonly skipped: ReadonlyMap<number, SkipReason>;
  /** READ_CONTROL and WRITE_DAC, or 0 when the owner has nothing beyond the entries. */
  readonly ownerRights: number;
  readonly tree: ObjectTree;
  readonly byType: boolean;
  readonly mandatory: MandatoryRules;
  readonly resource: ReadonlyMap<string, ClaimAttribute>;
  /** Verdicts already reached; tokens that are gone take theirs with them. */
  readonly verdicts: WeakMap<PreparedToken, Verdict>;
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
export function prepareDescriptor(sd: SecurityDescriptor, options: CheckOptions = {}): PreparedDescriptor {
  const owner = requireOwnerAndGroup(sd);
  const tree = options.tree === undefined ? SINGLE_NODE : objectTree(options.tree);
  const skipped = new Map<number, SkipReason>();
  const rules: Rule[] = [];
  listOf(sd.dacl).forEach((ace, index) => {
    const place = placeOf(ace, options.tree === undefined ? null : tree);
    if (typeof place === 'string') skipped.set(index, place);
    else rules.push(rule(ace, index, place, owner, options));
  });
  return {
    source: sd,
    mapping: options.mapping,
    owner,
    open: sd.dacl.kind !== 'list',
    rules,
    skipped,
    ownerRights: ownerRights(listOf(sd.dacl), options),
    tree,
    byType: options.tree !== undefined,
    mandatory: mandatoryRules(listOf(sd.sacl), options.mapping),
    resource: resourceAttributes(sd.sacl),
    verdicts: new WeakMap(),
  };
}

export function listOf(acl: Acl): readonly Ace[] {
  return acl.kind === 'list' ? acl.aces : [];
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

/** The node that an entry speaks about, or why it says nothing here. */
function placeOf(ace: Ace, tree: ObjectTree | null): number | SkipReason {
  if (!DACL_TYPES.has(ace.type)) return 'type-without-effect';
  if ((ace.flags & AceFlags.InheritOnly) !== 0) return 'inherit-only';
  if (ace.objectType === undefined) return 0;
  if (tree === null) return isAllow(ace) ? 'type-without-tree' : 0;
  return tree.indexOf.get(guidOf(ace.objectType)) ?? 'type-not-listed';
}

function guidOf(type: Guid): Guid {
  return parseGuid(type);
}

function rule(ace: Ace, index: number, node: number, owner: Sid, { mapping, self }: CheckOptions): Rule {
  return {
    index,
    ace,
    allow: isAllow(ace),
    sid: ace.sid === OWNER_RIGHTS ? owner : ace.sid === PRINCIPAL_SELF ? (self ?? ace.sid) : ace.sid,
    mask:
      mapGenericRights(ace.mask, mapping) & ~NEVER_FROM_ACES & (mapping === undefined ? -1 : ~GENERIC_RIGHTS),
    node,
    conditional: CALLBACK_TYPES.has(ace.type),
  };
}

/** An entry for OWNER RIGHTS takes the place of what the owner has by itself, whatever it grants. */
function ownerRights(aces: readonly Ace[], { implicitOwner = true }: CheckOptions): number {
  const replaced = aces.some(
    ({ sid, flags }) => sid === OWNER_RIGHTS && (flags & AceFlags.InheritOnly) === 0,
  );
  if (!implicitOwner || replaced) return 0;
  return AccessRight.ReadControl | AccessRight.WriteDac;
}

/** The first attribute of a name counts. @see [MS-DTYP] 2.5.3.1.7 */
function resourceAttributes(sacl: Acl): ReadonlyMap<string, ClaimAttribute> {
  const attributes = new Map<string, ClaimAttribute>();
  for (const { type, attribute } of listOf(sacl)) {
    if (type !== AceType.SystemResourceAttribute || attribute === undefined) continue;
    const name = attribute.name.toLowerCase();
    if (!attributes.has(name)) attributes.set(name, attribute);
  }
  return attributes;
}

function isAllow({ type }: Ace): boolean {
  return ALLOW_TYPES.has(type);
}

const ALLOW_TYPES: ReadonlySet<AceType> = new Set<AceType>([
  AceType.AccessAllowed,
  AceType.AccessAllowedObject,
  AceType.AccessAllowedCallback,
  AceType.AccessAllowedCallbackObject,
]);

const CALLBACK_TYPES: ReadonlySet<AceType> = new Set<AceType>([
  AceType.AccessAllowedCallback,
  AceType.AccessDeniedCallback,
  AceType.AccessAllowedCallbackObject,
  AceType.AccessDeniedCallbackObject,
]);

const DACL_TYPES: ReadonlySet<AceType> = new Set<AceType>([
  ...ALLOW_TYPES,
  ...CALLBACK_TYPES,
  AceType.AccessDenied,
  AceType.AccessDeniedObject,
]);
