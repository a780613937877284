/** The bits of an access mask that mean the same for every object. @see [MS-DTYP] 2.4.3 */
export const AccessRight = {
  Delete: 0x00010000,
  ReadControl: 0x00020000,
  WriteDac: 0x00040000,
  WriteOwner: 0x00080000,
  Synchronize: 0x00100000,
  AccessSystemSecurity: 0x01000000,
  MaximumAllowed: 0x02000000,
  GenericAll: 0x10000000,
  GenericExecute: 0x20000000,
  GenericWrite: 0x40000000,
  GenericRead: 0x80000000,
} as const;
