import type { ClaimValues } from './claim-attribute.ts';

/** `CLAIM_SECURITY_ATTRIBUTE_TYPE_*`. @see [MS-DTYP] 2.4.10.1 */
export const CLAIM_TYPES: Readonly<Record<ClaimValues['type'], number>> = {
  int: 0x01,
  uint: 0x02,
  string: 0x03,
  sid: 0x05,
  bool: 0x06,
  octets: 0x10,
};

/** Name offset, type, reserved, flags, count: then one offset for each value. */
export const CLAIM_HEADER = 16;
