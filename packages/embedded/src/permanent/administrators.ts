import {
  checkAccess,
  encodeSecurityDescriptor,
  NamespaceRight,
  parseSddl,
  type SecurityDescriptor,
  type Token,
} from '@wmisec/access';

const ADMINISTRATORS_ONLY: SecurityDescriptor = parseSddl('O:BAG:BAD:(A;;0x40;;;BA)');

/** The descriptor, in bytes, of an event that administrators alone receive. @see docs/rules.md 5.7 */
export const FOR_ADMINISTRATORS: readonly number[] = [...encodeSecurityDescriptor(ADMINISTRATORS_ONLY)];

/** Whether the Administrators group counts in a token: not one that is there for denials alone. */
export function isAdministrator(token: Token): boolean {
  return checkAccess(ADMINISTRATORS_ONLY, token, NamespaceRight.WBEM_RIGHT_SUBSCRIBE).granted;
}
