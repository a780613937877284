import { WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import type { SubscriptionRisk } from './subscription-spec.ts';

/** A rule of WMI that a subscription breaks, told before anything is written. */
export function brokenRule(rule: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `subscription refused: ${rule}`, {
    operation: 'installSubscription',
  });
}

/** What WMI would take and an attacker would like. */
export function unsafe(reason: string, otherwise: string): WmisecError {
  return new WmisecError('UNSAFE_SUBSCRIPTION', `subscription refused: ${reason}; ${otherwise}`, {
    operation: 'installSubscription',
  });
}

/** Refuses a risk that is not named. */
export function requireAllowed(
  allow: readonly SubscriptionRisk[],
  risk: SubscriptionRisk,
  reason: string,
): void {
  if (!allow.includes(risk)) throw unsafe(reason, `allow '${risk}' if that is wanted`);
}

export function requireText(value: unknown, what: string): asserts value is string {
  if (typeof value !== 'string' || value.trim() === '')
    throw brokenRule(`expected ${what}, got ${value === undefined ? 'none' : JSON.stringify(value)}`);
}
