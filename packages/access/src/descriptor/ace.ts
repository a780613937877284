import type { Guid } from '@wmisec/wbem';
import type { Sid } from '../sid/sid.ts';
import type { ClaimAttribute } from './claim-attribute.ts';
import type { Condition } from './condition.ts';

/**
 * ACE types, `*_ACE_TYPE` of winnt.h.
 * @see [MS-DTYP] 2.4.4.1
 */
export const AceType = {
  AccessAllowed: 0x00,
  AccessDenied: 0x01,
  SystemAudit: 0x02,
  SystemAlarm: 0x03,
  AccessAllowedCompound: 0x04,
  AccessAllowedObject: 0x05,
  AccessDeniedObject: 0x06,
  SystemAuditObject: 0x07,
  SystemAlarmObject: 0x08,
  AccessAllowedCallback: 0x09,
  AccessDeniedCallback: 0x0a,
  AccessAllowedCallbackObject: 0x0b,
  AccessDeniedCallbackObject: 0x0c,
  SystemAuditCallback: 0x0d,
  SystemAlarmCallback: 0x0e,
  SystemAuditCallbackObject: 0x0f,
  SystemAlarmCallbackObject: 0x10,
  SystemMandatoryLabel: 0x11,
  SystemResourceAttribute: 0x12,
  SystemScopedPolicyId: 0x13,
  SystemProcessTrustLabel: 0x14,
  SystemAccessFilter: 0x15,
} as const;

export type AceType = (typeof AceType)[keyof typeof AceType];

/** ACE flags, a mask. @see [MS-DTYP] 2.4.4.1 */
export const AceFlags = {
  ObjectInherit: 0x01,
  ContainerInherit: 0x02,
  NoPropagateInherit: 0x04,
  InheritOnly: 0x08,
  Inherited: 0x10,
  Critical: 0x20,
  SuccessfulAccess: 0x40,
  FailedAccess: 0x80,
  /** The same bit as `SuccessfulAccess`, on an access filter ACE. */
  TrustProtectedFilter: 0x40,
} as const;

/**
 * One access control entry. Members beside the first four depend on the type: object forms have the GUIDs,
 * callback forms a condition (or the raw application data when it is not one), a resource attribute its
 * claim. An ACE whose type this package does not model keeps its body in `data`, so nothing is lost.
 */
export interface Ace {
  readonly type: AceType;
  /** A mask of `AceFlags`, 0 to 255. */
  readonly flags: number;
  /** Unsigned 32 bits. */
  readonly mask: number;
  readonly sid: Sid;
  /** Object forms: which property or child class; absent when the ACE is for all. */
  readonly objectType?: Guid;
  /** Object forms: which class of child inherits; absent when all do. */
  readonly inheritedObjectType?: Guid;
  /** Callback forms and access filters. */
  readonly condition?: Condition;
  /** Resource attributes. */
  readonly attribute?: ClaimAttribute;
  /** Bytes behind the SID that are none of the above; kept as they came. */
  readonly data?: Uint8Array;
}
