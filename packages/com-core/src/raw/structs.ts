// The layouts of docs/rules.md 10.4.
import { defineStruct } from './define-struct.ts';

/** Lengths in UTF-16 units without the terminator; `Flags` is 2 for Unicode. */
export const COAUTHIDENTITY = defineStruct('COAUTHIDENTITY', 48, {
  User: ['ptr', 0],
  UserLength: ['u32', 8],
  Domain: ['ptr', 16],
  DomainLength: ['u32', 24],
  Password: ['ptr', 32],
  PasswordLength: ['u32', 40],
  Flags: ['u32', 44],
});

export const SOLE_AUTHENTICATION_INFO = defineStruct('SOLE_AUTHENTICATION_INFO', 16, {
  dwAuthnSvc: ['u32', 0],
  dwAuthzSvc: ['u32', 4],
  pAuthInfo: ['ptr', 8],
});

export const SOLE_AUTHENTICATION_LIST = defineStruct('SOLE_AUTHENTICATION_LIST', 16, {
  cAuthInfo: ['u32', 0],
  aAuthInfo: ['ptr', 8],
});

export const SOLE_AUTHENTICATION_SERVICE = defineStruct('SOLE_AUTHENTICATION_SERVICE', 24, {
  dwAuthnSvc: ['u32', 0],
  dwAuthzSvc: ['u32', 4],
  pPrincipalName: ['ptr', 8],
  hr: ['u32', 16],
});

export const COAUTHINFO = defineStruct('COAUTHINFO', 40, {
  dwAuthnSvc: ['u32', 0],
  dwAuthzSvc: ['u32', 4],
  pwszServerPrincName: ['ptr', 8],
  dwAuthnLevel: ['u32', 16],
  dwImpersonationLevel: ['u32', 20],
  pAuthIdentityData: ['ptr', 24],
  dwCapabilities: ['u32', 32],
});

export const COSERVERINFO = defineStruct('COSERVERINFO', 32, {
  dwReserved1: ['u32', 0],
  pwszName: ['ptr', 8],
  pAuthInfo: ['ptr', 16],
  dwReserved2: ['u32', 24],
});

export const MULTI_QI = defineStruct('MULTI_QI', 24, {
  pIID: ['ptr', 0],
  pItf: ['ptr', 8],
  hr: ['u32', 16],
});

/** The value stands at offset 8, whatever its type; two VARIANTs are 24 bytes apart. */
export const VARIANT = defineStruct('VARIANT', 24, {
  vt: ['u16', 0],
  byref: ['ptr', 8],
  pRecInfo: ['ptr', 16],
});

/** One dimension; each further one adds 8 bytes. */
export const SAFEARRAY = defineStruct('SAFEARRAY', 32, {
  cDims: ['u16', 0],
  fFeatures: ['u16', 2],
  cbElements: ['u32', 4],
  cLocks: ['u32', 8],
  pvData: ['ptr', 16],
  rgsabound: ['place', 24],
});

export const SAFEARRAYBOUND = defineStruct('SAFEARRAYBOUND', 8, {
  cElements: ['u32', 0],
  lLbound: ['i32', 4],
});

export const GUID = defineStruct('GUID', 16, {
  Data1: ['u32', 0],
  Data2: ['u16', 4],
  Data3: ['u16', 6],
  Data4: ['place', 8],
});

export const LUID = defineStruct('LUID', 8, { LowPart: ['u32', 0], HighPart: ['i32', 4] });

export const LUID_AND_ATTRIBUTES = defineStruct('LUID_AND_ATTRIBUTES', 12, {
  'Luid.LowPart': ['u32', 0],
  'Luid.HighPart': ['i32', 4],
  Attributes: ['u32', 8],
});

/** With one privilege; each further one adds 12 bytes. */
export const TOKEN_PRIVILEGES = defineStruct('TOKEN_PRIVILEGES', 16, {
  PrivilegeCount: ['u32', 0],
  Privileges: ['place', 4],
});

export const TOKEN_USER = defineStruct('TOKEN_USER', 16, {
  'User.Sid': ['ptr', 0],
  'User.Attributes': ['u32', 8],
});

/** With one privilege; each further one adds 12 bytes. */
export const PRIVILEGE_SET = defineStruct('PRIVILEGE_SET', 20, {
  PrivilegeCount: ['u32', 0],
  Control: ['u32', 4],
  Privilege: ['place', 8],
});

export const GENERIC_MAPPING = defineStruct('GENERIC_MAPPING', 16, {
  GenericRead: ['u32', 0],
  GenericWrite: ['u32', 4],
  GenericExecute: ['u32', 8],
  GenericAll: ['u32', 12],
});

/** The absolute form, with pointers. */
export const SECURITY_DESCRIPTOR = defineStruct('SECURITY_DESCRIPTOR', 40, {
  Revision: ['u8', 0],
  Sbz1: ['u8', 1],
  Control: ['u16', 2],
  Owner: ['ptr', 8],
  Group: ['ptr', 16],
  Sacl: ['ptr', 24],
  Dacl: ['ptr', 32],
});

/** The form that is stored and sent, with offsets from its own start. */
export const SECURITY_DESCRIPTOR_RELATIVE = defineStruct('SECURITY_DESCRIPTOR_RELATIVE', 20, {
  Revision: ['u8', 0],
  Sbz1: ['u8', 1],
  Control: ['u16', 2],
  Owner: ['u32', 4],
  Group: ['u32', 8],
  Sacl: ['u32', 12],
  Dacl: ['u32', 16],
});

export const ACL = defineStruct('ACL', 8, {
  AclRevision: ['u8', 0],
  Sbz1: ['u8', 1],
  AclSize: ['u16', 2],
  AceCount: ['u16', 4],
  Sbz2: ['u16', 6],
});

/** The SID begins at `SidStart`. */
export const ACCESS_ALLOWED_ACE = defineStruct('ACCESS_ALLOWED_ACE', 12, {
  'Header.AceType': ['u8', 0],
  'Header.AceFlags': ['u8', 1],
  'Header.AceSize': ['u16', 2],
  Mask: ['u32', 4],
  SidStart: ['place', 8],
});

export const WBEM_COMPILE_STATUS_INFO = defineStruct('WBEM_COMPILE_STATUS_INFO', 24, {
  lPhaseError: ['i32', 0],
  hRes: ['u32', 4],
  ObjectNum: ['i32', 8],
  FirstLine: ['i32', 12],
  LastLine: ['i32', 16],
  dwOutFlags: ['u32', 20],
});
