import type { AccessResult } from '../check/access-result.ts';
import { AccessRight } from '../check/access-rights.ts';
import { aceText } from '../check/ace-text.ts';
import { conditionContext } from '../check/condition/condition-context.ts';
import { evaluateCondition } from '../check/condition/evaluate-condition.ts';
import { OWNER_RIGHTS, PRINCIPAL_SELF } from '../check/dacl-rules.ts';
import { decide, requireMappedMask } from '../check/decide.ts';
import { mapGenericRights } from '../check/generic-mapping.ts';
import {
  type CheckOptions,
  listOf,
  type PreparedDescriptor,
  prepareDescriptor,
} from '../check/prepare-descriptor.ts';
import { type PreparedToken, prepareToken } from '../check/prepare-token.ts';
import { reachVerdict } from '../check/verdict.ts';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { Membership } from '../token/group-membership.ts';
import type { Token } from '../token/token.ts';

/** An entry of the SACL that fires. */
export interface FiredAudit {
  /** Its position in the SACL, from 0. */
  readonly index: number;
  readonly ace: Ace;
  readonly sddl: string | null;
  readonly outcome: 'success' | 'failure';
}

/** A decision and the audits that it fires. */
export interface AuditedAccess extends AccessResult {
  readonly audits: readonly FiredAudit[];
}

/**
 * Which entries of the SACL fire for a check: those for this token, of its outcome, that name a right that was
 * granted or, on denial, desired. A condition that is unknown fires. Alarms are not served, as on Windows.
 * @throws WmisecError as `checkAccess` does.
 * @see docs/rules.md 9.6
 */
export function auditAccess(
  sd: SecurityDescriptor,
  token: Token,
  desired: number,
  options: CheckOptions = {},
): AuditedAccess {
  requireMappedMask(desired);
  const descriptor = prepareDescriptor(sd, options);
  const prepared = prepareToken(token);
  const result = decide(descriptor, reachVerdict(descriptor, prepared), desired);
  const audits = listOf(sd.sacl).flatMap((ace, index): FiredAudit[] => {
    const node = nodeOf(ace, descriptor);
    const outcome = node === null ? null : firedBy(ace, result.nodes?.[node] ?? result, desired, options);
    if (outcome === null || !isFor(ace, outcome, descriptor, prepared)) return [];
    return [{ index, ace, sddl: aceText(ace), outcome }];
  });
  return { ...result, audits };
}

const AUDIT_TYPES: ReadonlySet<AceType> = new Set<AceType>([
  AceType.SystemAudit,
  AceType.SystemAuditObject,
  AceType.SystemAuditCallback,
  AceType.SystemAuditCallbackObject,
]);

const CALLBACK_TYPES: ReadonlySet<AceType> = new Set<AceType>([
  AceType.SystemAuditCallback,
  AceType.SystemAuditCallbackObject,
]);

/** The node that an entry watches; `null` for an entry that watches nothing here. */
function nodeOf({ type, flags, objectType }: Ace, { tree, byType }: PreparedDescriptor): number | null {
  if (!AUDIT_TYPES.has(type) || (flags & AceFlags.InheritOnly) !== 0) return null;
  if (objectType === undefined || !byType) return 0;
  return tree.indexOf.get(objectType) ?? null;
}

/** What an entry reports of a result, `null` for nothing. */
function firedBy(
  { mask, flags }: Ace,
  result: Pick<AccessResult, 'granted' | 'mask'>,
  desired: number,
  { mapping }: CheckOptions,
): FiredAudit['outcome'] | null {
  const watched = mapGenericRights(mask, mapping);
  if (result.granted)
    return (flags & AceFlags.SuccessfulAccess) !== 0 && (watched & result.mask) !== 0 ? 'success' : null;
  const refused = (desired & AccessRight.MaximumAllowed) !== 0 ? -1 : desired;
  return (flags & AceFlags.FailedAccess) !== 0 && (watched & refused) !== 0 ? 'failure' : null;
}

/** Groups that are for deny only count for failures, which they may have caused. */
function isFor(
  ace: Ace,
  outcome: FiredAudit['outcome'],
  descriptor: PreparedDescriptor,
  token: PreparedToken,
): boolean {
  const held = token.sids.get(sidOf(ace, descriptor)) ?? 0;
  const needed = outcome === 'failure' ? Membership.Deny : Membership.Allow;
  if ((held & needed) === 0) return false;
  if (!CALLBACK_TYPES.has(ace.type) || ace.condition === undefined) return true;
  return evaluateCondition(ace.condition, conditionContext(descriptor, token), true) !== false;
}

function sidOf({ sid }: Ace, { owner, options: { self } }: PreparedDescriptor): Sid {
  if (sid === OWNER_RIGHTS) return owner;
  return sid === PRINCIPAL_SELF && self !== undefined ? self : sid;
}
