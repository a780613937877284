import { type Sid, WellKnownSid } from '@wmisec/access';

const FIXED: ReadonlySet<Sid> = new Set<Sid>([
  WellKnownSid.Administrators,
  WellKnownSid.LocalSystem,
  // TrustedInstaller, the service that owns the files of Windows.
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);

/** The built-in administrator, domain administrators and enterprise administrators of any domain. */
const OF_DOMAINS = /^S-1-5-21-\d+-\d+-\d+-(?:500|512|519)$/;

/** True for those who may write subscriptions on any Windows. */
export function isAdministratorSid(sid: Sid): boolean {
  return FIXED.has(sid) || OF_DOMAINS.test(sid);
}
