import { AceFlags, AceType } from '../descriptor/ace.ts';

/** @see ACE Strings (Win32), [MS-DTYP] 2.5.1.1 */
export const ACE_TYPES: Readonly<Record<string, AceType>> = {
  A: AceType.AccessAllowed,
  D: AceType.AccessDenied,
  OA: AceType.AccessAllowedObject,
  OD: AceType.AccessDeniedObject,
  AU: AceType.SystemAudit,
  AL: AceType.SystemAlarm,
  OU: AceType.SystemAuditObject,
  OL: AceType.SystemAlarmObject,
  XA: AceType.AccessAllowedCallback,
  XD: AceType.AccessDeniedCallback,
  XU: AceType.SystemAuditCallback,
  ZA: AceType.AccessAllowedCallbackObject,
  ML: AceType.SystemMandatoryLabel,
  RA: AceType.SystemResourceAttribute,
  SP: AceType.SystemScopedPolicyId,
  TL: AceType.SystemProcessTrustLabel,
  FL: AceType.SystemAccessFilter,
};

/** In the order in which Windows prints them. */
export const ACE_FLAGS: Readonly<Record<string, number>> = {
  OI: AceFlags.ObjectInherit,
  CI: AceFlags.ContainerInherit,
  NP: AceFlags.NoPropagateInherit,
  IO: AceFlags.InheritOnly,
  ID: AceFlags.Inherited,
  CR: AceFlags.Critical,
  SA: AceFlags.SuccessfulAccess,
  FA: AceFlags.FailedAccess,
};

/** The word for the bit of `SA` on an access filter. */
export const TRUST_PROTECTED_WORD = 'TP';
