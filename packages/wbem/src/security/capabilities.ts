/**
 * `EOLE_AUTHENTICATION_CAPABILITIES`, a bit mask.
 * @see docs/rules.md 1.5
 */
export const Capabilities = {
  None: 0x0,
  MutualAuth: 0x1,
  SecureRefs: 0x2,
  AccessControl: 0x4,
  AppId: 0x8,
  Dynamic: 0x10,
  StaticCloaking: 0x20,
  DynamicCloaking: 0x40,
  AnyAuthority: 0x80,
  MakeFullSic: 0x100,
  RequireFullSic: 0x200,
  AutoImpersonate: 0x400,
  Default: 0x800,
  DisableAaa: 0x1000,
  NoCustomMarshal: 0x2000,
} as const;
