import {
  AuthnLevel,
  AuthnService,
  AuthzService,
  authnServiceName,
  type BlanketRequest,
  Capabilities,
  ComStatus,
  capabilityNames,
  DEFAULT_AUTHINFO,
  ImpLevel,
  WbemError,
} from '@wmisec/wbem';
import { isServicePrincipalName } from './service-principal-name.ts';

export interface BlanketCircumstances {
  /** The server is another machine. */
  readonly remote: boolean;
  /** The principal already set on the proxy, which `principal: null` keeps. */
  readonly principal?: string | null;
  /** What the connection logs in with, `NTLMDOMAIN:domain` for instance. */
  readonly authority?: string | null;
}

interface BlanketRule {
  readonly rule: string;
  readonly broken: (request: BlanketRequest, circumstances: BlanketCircumstances) => boolean;
}

const CLOAKING = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;
const FORBIDDEN =
  Capabilities.SecureRefs |
  Capabilities.AccessControl |
  Capabilities.AppId |
  Capabilities.Dynamic |
  Capabilities.RequireFullSic |
  Capabilities.AutoImpersonate |
  Capabilities.DisableAaa |
  Capabilities.NoCustomMarshal;
const KNOWN =
  FORBIDDEN |
  CLOAKING |
  Capabilities.MutualAuth |
  Capabilities.AnyAuthority |
  Capabilities.MakeFullSic |
  Capabilities.Default;

const caps = (request: BlanketRequest): number => request.capabilities ?? Capabilities.Default;
const levelIn = (value: number | undefined, top: number): boolean =>
  value === undefined || (Number.isInteger(value) && value >= 0 && value <= top);

/** Which values of a blanket do not go together, in the order of docs/rules.md 6.1 and 1.5. */
const RULES: readonly BlanketRule[] = [
  {
    rule: 'an authentication level is 0 to 6',
    broken: ({ authnLevel }) => !levelIn(authnLevel, AuthnLevel.PktPrivacy),
  },
  {
    rule: 'an impersonation level is 0 to 4',
    broken: ({ impLevel }) => !levelIn(impLevel, ImpLevel.Delegate),
  },
  {
    rule: 'the level RPC_C_AUTHN_LEVEL_NONE requires the service RPC_C_AUTHN_NONE',
    broken: ({ authnLevel, authnService }) =>
      authnLevel === AuthnLevel.None && authnService !== undefined && authnService !== AuthnService.None,
  },
  {
    rule: 'the service RPC_C_AUTHN_NONE requires the level RPC_C_AUTHN_LEVEL_NONE',
    broken: ({ authnLevel, authnService }) =>
      authnService === AuthnService.None &&
      authnLevel !== AuthnLevel.None &&
      authnLevel !== AuthnLevel.Default,
  },
  {
    rule: 'NTLM, Kerberos and Schannel take the authorization service RPC_C_AUTHZ_NONE',
    broken: ({ authnService, authzService }) =>
      isOneOf(authnService, AuthnService.WinNT, AuthnService.GssKerberos, AuthnService.GssSchannel) &&
      authzService !== undefined &&
      authzService !== AuthzService.None &&
      authzService !== AuthzService.Default,
  },
  {
    rule: 'Kerberos needs the principal name of the server',
    broken: ({ authnService, principal }, now) =>
      authnService === AuthnService.GssKerberos && principal === null && (now.principal ?? null) === null,
  },
  {
    rule: 'Kerberos names the server by its SPN, class/host',
    broken: ({ authnService, principal }) =>
      authnService === AuthnService.GssKerberos &&
      typeof principal === 'string' &&
      !isServicePrincipalName(principal),
  },
  {
    rule: 'a principal name has no NUL in it',
    broken: ({ principal }) => typeof principal === 'string' && principal.includes('\0'),
  },
  {
    rule: 'NTLM impersonates at RPC_C_IMP_LEVEL_IDENTIFY or RPC_C_IMP_LEVEL_IMPERSONATE, and delegates only on one machine',
    broken: ({ authnService, impLevel }, { remote }) =>
      authnService === AuthnService.WinNT &&
      (impLevel === ImpLevel.Anonymous || (impLevel === ImpLevel.Delegate && remote)),
  },
  {
    rule: 'the authority NTLMDOMAIN means NTLM, which does not delegate to another machine',
    broken: ({ impLevel }, { remote, authority }) =>
      impLevel === ImpLevel.Delegate && remote && /^ntlmdomain:/i.test(authority ?? ''),
  },
  {
    rule: 'Schannel impersonates at RPC_C_IMP_LEVEL_IMPERSONATE only',
    broken: ({ authnService, impLevel }) =>
      authnService === AuthnService.GssSchannel &&
      impLevel !== undefined &&
      impLevel !== ImpLevel.Impersonate,
  },
  {
    rule: 'a proxy takes no capabilities but mutual authentication, cloaking, any authority, full SIC and the default',
    broken: (request) => (caps(request) & FORBIDDEN) !== 0 || (caps(request) & ~KNOWN) !== 0,
  },
  {
    rule: 'EOAC_STATIC_CLOAKING and EOAC_DYNAMIC_CLOAKING exclude each other',
    broken: (request) => (caps(request) & CLOAKING) === CLOAKING,
  },
  {
    rule: 'cloaking does not go with Schannel',
    broken: (request) =>
      request.authnService === AuthnService.GssSchannel && (caps(request) & CLOAKING) !== 0,
  },
  {
    rule: 'cloaking does not go with an explicit identity',
    broken: (request) => hasIdentity(request) && (caps(request) & CLOAKING) !== 0,
  },
];

/**
 * Refuses values that do not go together, before COM sees them.
 * @throws WbemError `E_INVALIDARG` that names the rule and what came.
 * @see docs/rules.md 6.1
 */
export function checkBlanket(request: BlanketRequest, circumstances: BlanketCircumstances): void {
  const broken = RULES.find((rule) => rule.broken(request, circumstances));
  if (broken === undefined) return;
  const message = `blanket refused: ${broken.rule}; got ${describeRequest(request)}`;
  throw new WbemError(ComStatus.E_INVALIDARG, message, { operation: 'setBlanket' });
}

function describeRequest(request: BlanketRequest): string {
  const service = authnServiceName(request.authnService ?? AuthnService.Default);
  const identity = hasIdentity(request) ? ', an explicit identity' : '';
  const flags = capabilityNames(caps(request)).join('|');
  return `service ${service}, level ${request.authnLevel ?? 0}, impersonation ${request.impLevel ?? 0}, ${flags}${identity}`;
}

/** Whether a request brings credentials of its own. */
export function hasIdentity({ identity }: BlanketRequest): boolean {
  return identity !== undefined && identity !== null && identity !== DEFAULT_AUTHINFO;
}

function isOneOf(service: AuthnService | undefined, ...services: AuthnService[]): boolean {
  return service !== undefined && services.includes(service);
}
