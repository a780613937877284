import { parseSddl, type Sid, sidName, WellKnownSid } from '@wmisec/access';
import type { HostingModel } from '@wmisec/wbem';
import type { ProviderDefinition } from '../define-provider.ts';
import { type Grant, grantsOf } from './grants.ts';
import type { ReviewedAccess } from './review-provider.ts';

/** Something that a person should look at. */
export interface Finding {
  readonly severity: 'high' | 'medium' | 'low';
  readonly text: string;
}

const { World, Anonymous, Network, Guests, AuthenticatedUser, Users, Interactive } = WellKnownSid;

/** Whoever can reach the machine. */
const ANYBODY: ReadonlySet<Sid> = new Set([World, Anonymous, Network, Guests]);
/** Whoever has an account. */
const ANY_ACCOUNT: ReadonlySet<Sid> = new Set([AuthenticatedUser, Users, Interactive]);

/** What is wrong with a definition, or may be: the gravest first. */
export function findingsOf(
  definition: ProviderDefinition,
  model: HostingModel,
  accesses: readonly ReviewedAccess[],
): Finding[] {
  const found = [
    ...accesses.flatMap(accessFindings),
    ...hostingFindings(definition, model, accesses),
    ...registrationFindings(definition),
  ];
  return found.sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

const ORDER: Readonly<Record<Finding['severity'], number>> = { high: 0, medium: 1, low: 2 };

function accessFindings({ subject, operation, grants, privileges }: ReviewedAccess): Finding[] {
  const allowed = grants.filter(({ effect }) => effect !== 'deny');
  if (allowed.length === 0) return [finding('low', `nobody may ${operation} ${subject}`)];
  if (privileges.length > 0) return [];
  const changes = operation === 'write' || operation === 'call';
  const open = allowed.find(({ sid }) => sid === null || ANYBODY.has(sid));
  if (open !== undefined)
    return [finding(changes ? 'high' : 'medium', `${open.name} may ${operation} ${subject}`)];
  const wide = allowed.find(({ sid }) => sid !== null && ANY_ACCOUNT.has(sid));
  return wide === undefined || operation !== 'write'
    ? []
    : [finding('medium', `${wide.name}, which is every account, may write ${subject}`)];
}

function hostingFindings(
  { spec }: ProviderDefinition,
  model: HostingModel,
  accesses: readonly ReviewedAccess[],
): Finding[] {
  const { impersonates = false } = spec;
  if (model.kind === 'localSystemHost')
    return [
      finding('medium', 'it runs as LocalSystem, which WMI logs; NetworkServiceHost is enough for most'),
    ];
  if (model.kind !== 'decoupledCom') return [];
  if (model.foldIdentity && impersonates)
    return [
      finding(
        'high',
        'it impersonates, but Decoupled:Com hides its callers: say Decoupled:Com:FoldIdentity(FALSE)',
      ),
    ];
  const needsCallers = accesses.some(
    ({ operation, grants }) => operation !== 'subscribe' && !isForEverybody(grants),
  );
  if (!model.foldIdentity)
    return impersonates || needsCallers
      ? []
      : [finding('low', 'FoldIdentity(FALSE) shows it its callers, and what it does is for everybody')];
  return needsCallers
    ? [
        finding(
          'medium',
          'natively Decoupled:Com hides its callers, so that it serves only what Everyone may: say Decoupled:Com:FoldIdentity(FALSE)',
        ),
      ]
    : [];
}

function registrationFindings({ spec }: ProviderDefinition): Finding[] {
  const { registrants, namespaceSecurity } = spec;
  return [
    ...widely(registrants, 0x1, 'high', 'register a provider in its place'),
    ...widely(namespaceSecurity, 0x4_0000, 'high', 'change the rights of the namespace'),
    ...widely(namespaceSecurity, 0x4, 'high', 'write whatever they like into the namespace'),
  ];
}

function widely(
  sddl: string | undefined,
  right: number,
  severity: Finding['severity'],
  what: string,
): Finding[] {
  if (sddl === undefined) return [];
  return grantsOf(parseSddl(sddl), right)
    .filter(
      ({ effect, sid }) => effect !== 'deny' && (sid === null || ANYBODY.has(sid) || ANY_ACCOUNT.has(sid)),
    )
    .map(({ sid, name }) => finding(severity, `${sid === null ? name : sidName(sid)} may ${what}`));
}

function isForEverybody(grants: readonly Grant[]): boolean {
  return grants.some(({ effect, sid }) => effect === 'allow' && (sid === null || sid === World));
}

function finding(severity: Finding['severity'], text: string): Finding {
  return { severity, text };
}
