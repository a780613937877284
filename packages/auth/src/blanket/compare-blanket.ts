import {
  AuthnLevel,
  AuthnService,
  authnLevelName,
  authnServiceName,
  type Blanket,
  type BlanketRequest,
  Capabilities,
  capabilityNames,
  ImpLevel,
  impLevelName,
} from '@wmisec/wbem';

const CLOAKING = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;

/**
 * In which ways a blanket in force falls short of what was asked, in words; empty when it does not. More
 * authentication than asked is no shortfall. More impersonation is one: it lends the server more than was meant.
 */
export function shortfalls(asked: BlanketRequest, inForce: Blanket): string[] {
  return [
    ...levelShortfall(asked.authnLevel, inForce.authnLevel),
    ...impersonationShortfall(asked.impLevel, inForce.impLevel),
    ...serviceShortfall(asked.authnService, inForce.authnService),
    ...principalShortfall(asked.principal, inForce.principal),
    ...cloakingShortfall(asked.capabilities, inForce.capabilities),
  ];
}

function levelShortfall(asked: AuthnLevel | undefined, inForce: number): string[] {
  if (asked === undefined || asked === AuthnLevel.Default || inForce >= asked) return [];
  return [`asked for ${authnLevelName(asked)}, ${authnLevelName(inForce)} is in force`];
}

function impersonationShortfall(asked: ImpLevel | undefined, inForce: number): string[] {
  if (asked === undefined || asked === ImpLevel.Default || inForce === asked) return [];
  return [`asked for ${impLevelName(asked)}, ${impLevelName(inForce)} is in force`];
}

function serviceShortfall(asked: AuthnService | undefined, inForce: number): string[] {
  if (asked === undefined || asked === AuthnService.Default || inForce === asked) return [];
  const settled = asked === AuthnService.GssNegotiate && NEGOTIABLE.has(inForce);
  return settled ? [] : [`asked for ${authnServiceName(asked)}, ${authnServiceName(inForce)} is in force`];
}

const NEGOTIABLE: ReadonlySet<number> = new Set([AuthnService.WinNT, AuthnService.GssKerberos]);

function principalShortfall(asked: BlanketRequest['principal'], inForce: string | null): string[] {
  if (typeof asked !== 'string' || asked.toLowerCase() === inForce?.toLowerCase()) return [];
  return [`asked for the principal ${asked}, ${inForce ?? 'none'} is in force`];
}

function cloakingShortfall(asked: number | undefined, inForce: number): string[] {
  const missing = (asked ?? 0) & CLOAKING & ~inForce;
  return missing === 0 ? [] : [`asked for ${capabilityNames(missing).join('|')}, which is not in force`];
}
