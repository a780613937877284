import type { ClaimValues } from '../descriptor/claim-attribute.ts';

/** Data types of resource attributes. @see ACE Strings (Win32), resource_attribute */
export const CLAIM_TYPE_WORDS: Readonly<Record<ClaimValues['type'], string>> = {
  int: 'TI',
  uint: 'TU',
  string: 'TS',
  sid: 'TD',
  octets: 'TX',
  bool: 'TB',
};
