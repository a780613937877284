import type { Sid } from '../sid/sid.ts';
import { DOMAIN_ALIASES, SID_ALIASES } from './sid-aliases.ts';

const FIXED = new Map(Object.entries(SID_ALIASES).map(([alias, sid]) => [sid, alias]));
const RELATIVE = new Map(Object.entries(DOMAIN_ALIASES).map(([alias, rid]) => [String(rid), alias]));

/** A SID as Windows prints it in SDDL: its alias where there is one. */
export function formatSid(sid: Sid, domain: Sid | undefined): string {
  return FIXED.get(sid) ?? relativeAlias(sid, domain) ?? sid;
}

function relativeAlias(sid: Sid, domain: Sid | undefined): string | undefined {
  if (domain === undefined || !sid.startsWith(domain) || sid[domain.length] !== '-') return undefined;
  return RELATIVE.get(sid.slice(domain.length + 1));
}
