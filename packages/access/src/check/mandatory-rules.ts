import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import { IntegrityLevel } from '../token/token.ts';
import { AccessRight } from './access-rights.ts';
import { type GenericMapping, mapGenericRights } from './generic-mapping.ts';

/** `SYSTEM_MANDATORY_LABEL_*`, the mask of a label. @see [MS-DTYP] 2.4.4.13 */
const LabelPolicy = { NoWriteUp: 0x1, NoReadUp: 0x2, NoExecuteUp: 0x4 } as const;

/** What a SACL imposes on top of the DACL: these rules take away and never give. */
export interface MandatoryRules {
  /** The RID of the object's integrity level. */
  readonly level: number;
  /** A mask of `LabelPolicy`. */
  readonly policy: number;
  /** What the process trust label leaves to a token without a trust level; `null` when it asks for no trust. */
  readonly untrusted: number | null;
  /** Access filters: unless its condition holds, the mask is all that remains. */
  readonly filters: readonly Ace[];
}

/** Without a label Windows takes an object for one of medium integrity. */
const UNLABELLED: MandatoryRules = {
  level: IntegrityLevel.Medium,
  policy: LabelPolicy.NoWriteUp,
  untrusted: null,
  filters: [],
};

/** @see [MS-DTYP] 2.5.3.3 */
export function mandatoryRules(sacl: readonly Ace[]): MandatoryRules {
  if (sacl.length === 0) return UNLABELLED;
  const live = sacl.filter(({ flags }) => (flags & AceFlags.InheritOnly) === 0);
  const label = live.find(({ type }) => type === AceType.SystemMandatoryLabel);
  const trust = live.find(({ type }) => type === AceType.SystemProcessTrustLabel);
  return {
    level: label === undefined ? UNLABELLED.level : lastSubAuthority(label),
    policy: label === undefined ? UNLABELLED.policy : label.mask,
    untrusted: trust === undefined || trust.sid === NO_TRUST ? null : trust.mask,
    filters: live.filter(({ type }) => type === AceType.SystemAccessFilter),
  };
}

/** Every other trust label dominates a token, which has no trust level here. */
const NO_TRUST = 'S-1-19-0-0';

/**
 * What the policy of a label leaves to a token below its level. [MS-DTYP] 2.5.3.3 speaks of the generic rights
 * alone; Windows also counts READ_CONTROL as reading, SYNCHRONIZE as executing, and DELETE, WRITE_DAC and
 * WRITE_OWNER as writing, and lets a bit through that belongs to a kind of access that is still permitted.
 */
export function allowedBelow(policy: number, mapping: GenericMapping | undefined): number {
  const canWrite = (policy & LabelPolicy.NoWriteUp) === 0;
  const canRead = (policy & LabelPolicy.NoReadUp) === 0;
  const canExecute = (policy & LabelPolicy.NoExecuteUp) === 0;
  if (canWrite && canRead && canExecute) return -1;
  const { read = 0, write = 0, execute = 0, all = 0 } = mapping ?? {};
  const reading = read | AccessRight.ReadControl;
  const executing = (execute & ~read) | AccessRight.Synchronize;
  const writing = write | WRITING;
  const kept = (canRead ? reading : 0) | (canExecute ? executing : 0) | (canWrite ? writing : 0);
  const taken = (canRead ? 0 : reading) | (canExecute ? 0 : executing) | (canWrite ? 0 : writing);
  return (kept | (canWrite ? all & ~taken : 0)) >>> 0;
}

const WRITING =
  AccessRight.Delete | AccessRight.WriteDac | AccessRight.WriteOwner | AccessRight.AccessSystemSecurity;

/** What the mask of an access filter or a trust label leaves; reading the SACL is up to its privilege. */
export function allowedByMask(mask: number, mapping: GenericMapping | undefined): number {
  return mapGenericRights(mask, mapping) | AccessRight.AccessSystemSecurity;
}

function lastSubAuthority({ sid }: Ace): number {
  return Number(sid.slice(sid.lastIndexOf('-') + 1));
}
