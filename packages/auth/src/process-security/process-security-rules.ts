import {
  AuthnLevel,
  authnLevelName,
  Capabilities,
  ComStatus,
  capabilityNames,
  ImpLevel,
  impLevelName,
  WbemError,
} from '@wmisec/wbem';
import type { ProcessSecurityRequest } from './process-security-request.ts';

/** The arguments with their defaults laid in. */
export interface ProcessSecurity extends ProcessSecurityRequest {
  readonly authnLevel: AuthnLevel;
  readonly impLevel: ImpLevel;
  readonly capabilities: number;
}

interface Rule {
  readonly rule: string;
  readonly broken: (request: ProcessSecurity) => boolean;
}

const CLOAKING = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;
const RESERVED = Capabilities.Dynamic | Capabilities.AutoImpersonate | Capabilities.Default;
const ACCESS_KINDS = Capabilities.AccessControl | Capabilities.AppId;
const KNOWN = Object.values(Capabilities).reduce<number>((mask, bit) => mask | bit, 0);

const has = ({ capabilities }: ProcessSecurity, bits: number): boolean => (capabilities & bits) !== 0;

/** @see docs/rules.md 1.2, 1.5, 1.7 */
const RULES: readonly Rule[] = [
  {
    rule: 'a process takes an impersonation level from 1 to 4, not RPC_C_IMP_LEVEL_DEFAULT',
    broken: ({ impLevel }) => !(impLevel >= ImpLevel.Anonymous && impLevel <= ImpLevel.Delegate),
  },
  {
    rule: 'an authentication level is 0 to 6',
    broken: ({ authnLevel }) => !(authnLevel >= AuthnLevel.Default && authnLevel <= AuthnLevel.PktPrivacy),
  },
  {
    rule: 'EOAC_STATIC_CLOAKING and EOAC_DYNAMIC_CLOAKING exclude each other',
    broken: ({ capabilities }) => (capabilities & CLOAKING) === CLOAKING,
  },
  {
    rule: 'EOAC_DYNAMIC, EOAC_AUTO_IMPERSONATE, EOAC_DEFAULT and unknown bits are not for this call',
    broken: (request) => has(request, RESERVED) || has(request, ~KNOWN),
  },
  {
    rule: 'EOAC_APPID and EOAC_ACCESS_CONTROL follow from `access` and are not given',
    broken: (request) =>
      request.access.kind !== 'appId' &&
      request.access.kind !== 'accessControl' &&
      has(request, ACCESS_KINDS),
  },
  {
    rule: 'EOAC_SECURE_REFS and an IAccessControl need authentication',
    broken: (request) =>
      request.authnLevel === AuthnLevel.None &&
      (has(request, Capabilities.SecureRefs) || request.access.kind === 'accessControl'),
  },
  {
    rule: 'an AppID goes with no other argument',
    broken: ({ access, services, credentials }) =>
      access.kind === 'appId' && (services !== undefined || credentials !== undefined),
  },
  {
    rule: 'the descriptor needs an owner and a group, and takes no SACL',
    broken: ({ access }) =>
      access.kind === 'descriptor' &&
      (access.descriptor.owner === null ||
        access.descriptor.group === null ||
        access.descriptor.sacl.kind === 'list'),
  },
];

/**
 * The arguments that `CoInitializeSecurity` will get.
 * @throws WbemError `E_INVALIDARG` that names the rule, before COM sees anything.
 */
export function checkProcessSecurity(request: ProcessSecurityRequest): ProcessSecurity {
  const checked: ProcessSecurity = {
    ...request,
    authnLevel: request.authnLevel ?? AuthnLevel.PktPrivacy,
    impLevel: request.impLevel ?? ImpLevel.Impersonate,
    capabilities:
      request.capabilities ?? (request.access.kind === 'appId' ? Capabilities.None : Capabilities.SecureRefs),
  };
  const broken = RULES.find((rule) => rule.broken(checked));
  if (broken === undefined) return checked;
  const got = `${authnLevelName(checked.authnLevel)}, ${impLevelName(checked.impLevel)}, ${capabilityNames(checked.capabilities).join('|')}`;
  const message = `process security refused: ${broken.rule}; got access ${checked.access.kind}, ${got}`;
  throw new WbemError(ComStatus.E_INVALIDARG, message, { operation: 'CoInitializeSecurity' });
}
