import { secureProxy } from '@wmisec/auth';
import {
  type Blanket,
  type BlanketRequest,
  Capabilities,
  DEFAULT_PRINCIPAL,
  type SecurableProxy,
} from '@wmisec/wbem';
import type { CapturedToken } from './captured-token.ts';

const CLOAKING = Capabilities.StaticCloaking | Capabilities.DynamicCloaking;

/**
 * Fixes a token in a proxy: static cloaking is set while this thread has the token, and read back.
 * @param before the blanket to which cloaking is added.
 * @throws WmisecError `BLANKET_TOO_WEAK`, `BLANKET_UNPROVEN`; WbemError.
 * @see docs/rules.md 6.2
 */
export function cloakProxy(token: CapturedToken, proxy: SecurableProxy, before = proxy.queryBlanket()): void {
  const capabilities = (before.capabilities & ~CLOAKING) | Capabilities.StaticCloaking;
  const asked: BlanketRequest = { ...requestOf(before), identity: null, capabilities };
  token.wear(() => secureProxy(proxy, asked, { remote: false, dangerouslyAllowUnproven: false }));
}

/** A blanket in force as one to ask for. */
export function requestOf({ principal, ...blanket }: Blanket): BlanketRequest {
  return { ...(blanket as BlanketRequest), principal: principal ?? DEFAULT_PRINCIPAL };
}
