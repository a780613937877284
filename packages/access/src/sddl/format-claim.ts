import type { ClaimAttribute, ClaimValues } from '../descriptor/claim-attribute.ts';
import type { Sid } from '../sid/sid.ts';
import { escapeName } from './attribute-name.ts';
import { CLAIM_TYPE_WORDS } from './claim-words.ts';
import { formatString, hex } from './format-operand.ts';
import { formatSid } from './format-sid.ts';
import { inexpressible } from './inexpressible.ts';

/**
 * A resource attribute as Windows prints it, with its parentheses.
 * @throws WmisecError `SDDL_INEXPRESSIBLE`
 */
export function formatClaim(claim: ClaimAttribute, domain: Sid | undefined): string {
  if (claim.name === '') throw inexpressible('a resource attribute without a name');
  const head = `"${escapeName(claim.name)}",${CLAIM_TYPE_WORDS[claim.type]},0x${(claim.flags ?? 0).toString(16)}`;
  return `(${[head, ...formatValues(claim, domain)].join(',')})`;
}

function formatValues(claim: ClaimValues, domain: Sid | undefined): string[] {
  switch (claim.type) {
    case 'int':
    case 'uint':
      return claim.values.map(String);
    case 'bool':
      return claim.values.map((value) => (value ? '1' : '0'));
    case 'string':
      return claim.values.map(formatString);
    case 'sid':
      return claim.values.map((sid) => formatSid(sid, domain));
    case 'octets':
      return claim.values.map(hex);
  }
}
