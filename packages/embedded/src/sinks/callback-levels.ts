import { AuthnLevel, AuthnService } from '@wmisec/wbem';
import { allowsAnonymousCallback, type CallbackSettings, checksByDefault } from './callback-settings.ts';

export interface CallbackRoute {
  /** Whether the client is on another machine. */
  readonly remote: boolean;
  /** With which the client called. */
  readonly authnService: AuthnService;
  /** Whether the sink is known to check who calls it. */
  readonly checked: boolean;
  /** Whether the namespace takes encrypted calls only. */
  readonly encrypted: boolean;
}

const IDENTIFIED: readonly AuthnLevel[] = [
  AuthnLevel.PktPrivacy,
  AuthnLevel.PktIntegrity,
  AuthnLevel.Pkt,
  AuthnLevel.Call,
  AuthnLevel.Connect,
];

/**
 * The levels to call a sink at, one after the other until one gets through. Without an identity the service calls only
 * where nothing checks one: on this machine at once, to another one when all else failed and the settings allow it.
 * @see docs/rules.md 3.2, 3.8, K7, K25
 */
export function callbackLevels(route: CallbackRoute, settings: CallbackSettings): readonly AuthnLevel[] {
  if (route.encrypted) return [AuthnLevel.PktPrivacy];
  if (route.checked || checksByDefault(settings)) return IDENTIFIED;
  if (!route.remote && route.authnService !== AuthnService.GssKerberos) return [AuthnLevel.None];
  return allowsAnonymousCallback(settings) ? [...IDENTIFIED, AuthnLevel.None] : IDENTIFIED;
}
