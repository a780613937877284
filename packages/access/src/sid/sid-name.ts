import type { Sid } from './sid.ts';
import { WellKnownSid } from './well-known-sid.ts';

const NAMES = new Map<Sid, string>(
  Object.entries(WellKnownSid).map(([name, sid]) => [sid, name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')]),
);

/** A SID for people: the words of its name in `WellKnownSid`, such as `Authenticated User`; else its text. */
export function sidName(sid: Sid): string {
  return NAMES.get(sid) ?? sid;
}
