import type { Sid } from '../sid/sid.ts';
import { DOMAIN_ALIASES, SID_ALIASES } from './sid-aliases.ts';

const FIXED = new Map(Object.entries(SID_ALIASES).map(([alias, sid]) => [sid, alias]));
const RELATIVE = new Map(Object.entries(DOMAIN_ALIASES).map(([alias, rid]) => [String(rid), alias]));

/** A SID as Windows prints it in SDDL: its alias where there is one. */
export function formatSid(sid: Sid, domain: Sid | undefined): string {
  return FIXED.get(sid) ?? relativeAlias(sid, domain) ?? numeric(sid);
}

/** In SDDL Windows prints a hex authority in capitals and without leading zeros. */
function numeric(sid: Sid): string {
  return sid.replace(/^S-1-0x0*([0-9a-f]+)/, (_, digits: string) => `S-1-0x${digits.toUpperCase()}`);
}

function relativeAlias(sid: Sid, domain: Sid | undefined): string | undefined {
  if (domain === undefined || !sid.startsWith(domain) || sid[domain.length] !== '-') return undefined;
  return RELATIVE.get(sid.slice(domain.length + 1));
}
