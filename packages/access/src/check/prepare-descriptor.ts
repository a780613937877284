import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { ClaimAttribute } from '../descriptor/claim-attribute.ts';
import type { Acl, SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { AccessRight } from './access-rights.ts';
import { OWNER_RIGHTS, type Rule, rulesOf } from './dacl-rules.ts';
import type { GenericMapping } from './generic-mapping.ts';
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
