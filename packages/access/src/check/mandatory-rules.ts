import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import { IntegrityLevel } from '../token/token.ts';
import { AccessRight } from './access-rights.ts';
import { type GenericMapping, mapGenericRights } from './generic-mapping.ts';

/** `SYSTEM_MANDATORY_LABEL_*`, the mask of a label. @see [MS-DTYP] 2.4.4.13 */
export const LabelPolicy = { NoWriteUp: 0x1, NoReadUp: 0x2, NoExecuteUp: 0x4 } as const;

export const EVERYTHING = 0xffffffff;

/** What a SACL imposes on top of the DACL: these rules take away and never give. */
export interface MandatoryRules {
  /** The RID of the object's integrity level. */
  readonly level: number;
  /** What a token below that level may still have. */
  readonly allowedBelow: number;
  /** What a token without a trust level may have, by the process trust label. */
  readonly allowedUntrusted: number;
  readonly filters: readonly { readonly ace: Ace; readonly mask: number }[];
}

/**
 * @see [MS-DTYP] 2.5.3.3
 */
export function mandatoryRules(sacl: readonly Ace[], mapping: GenericMapping | undefined): MandatoryRules {
  const live = sacl.filter(({ flags }) => (flags & AceFlags.InheritOnly) === 0);
  const label = live.find(({ type }) => type === AceType.SystemMandatoryLabel);
  const trust = live.find(({ type }) => type === AceType.SystemProcessTrustLabel);
  return {
    level: label === undefined ? IntegrityLevel.Medium : lastSubAuthority(label),
    allowedBelow: allowedBelow(label === undefined ? LabelPolicy.NoWriteUp : label.mask, mapping),
    allowedUntrusted: trust === undefined ? EVERYTHING : allowedUntrusted(trust, mapping),
    filters: live
      .filter(({ type }) => type === AceType.SystemAccessFilter)
      .map((ace) => ({ ace, mask: keptByFilter(ace.mask, mapping) })),
  };
}

/**
 * What the policy of a label leaves to a token below its level. [MS-DTYP] 2.5.3.3 speaks of the generic rights
 * alone; Windows also counts READ_CONTROL as reading, SYNCHRONIZE as executing, and DELETE, WRITE_DAC and
 * WRITE_OWNER as writing, and lets a bit through that belongs to a kind of access that is still permitted.
 */
function allowedBelow(policy: number, mapping: GenericMapping | undefined): number {
  const canWrite = (policy & LabelPolicy.NoWriteUp) === 0;
  const canRead = (policy & LabelPolicy.NoReadUp) === 0;
  const canExecute = (policy & LabelPolicy.NoExecuteUp) === 0;
  if (canWrite && canRead && canExecute) return EVERYTHING;
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

/** `S-1-19-0-0` asks for no trust; every other label dominates a token, which has no trust level here. */
function allowedUntrusted(label: Ace, mapping: GenericMapping | undefined): number {
  return label.sid === 'S-1-19-0-0' ? EVERYTHING : keptByFilter(label.mask, mapping);
}

function keptByFilter(mask: number, mapping: GenericMapping | undefined): number {
  return (mapGenericRights(mask, mapping) | AccessRight.AccessSystemSecurity) >>> 0;
}

function lastSubAuthority({ sid }: Ace): number {
  return Number(sid.slice(sid.lastIndexOf('-') + 1));
}
