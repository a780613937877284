import {
  AuthnService,
  type Blanket,
  type BlanketRequest,
  ImpLevel,
  type SecurableProxy,
  WbemError,
  WmisecError,
} from '@wmisec/wbem';
import { type AllowedService, requireAllowed, requireAllowedRequest } from './allowed-services.ts';
import { type BlanketCircumstances, checkBlanket } from './blanket-rules.ts';
import { shortfalls } from './compare-blanket.ts';

export interface ProofPolicy extends BlanketCircumstances {
  /** Accepts a proxy whose blanket cannot be read back. Nothing then proves that the level is in force. */
  readonly dangerouslyAllowUnproven: boolean;
  /** The authentication services that may be in force. Default: any. */
  readonly allow?: readonly AllowedService[] | undefined;
}

/**
 * Sets a blanket on a proxy, reads it back and compares.
 * @returns what is in force; null when it cannot be read back and the policy allows that.
 * @throws WbemError `E_INVALIDARG` for values that do not go together.
 * @throws WmisecError `BLANKET_TOO_WEAK` when less is in force than was asked, `BLANKET_UNPROVEN` when nobody can tell,
 * `AUTHN_SERVICE_NOT_ALLOWED` when the service in force is none of `allow`.
 */
export function secureProxy(
  proxy: SecurableProxy,
  asked: BlanketRequest,
  policy: ProofPolicy,
): Blanket | null {
  checkRequest(asked, policy);
  proxy.setBlanket(asked);
  return proveBlanket(proxy, asked, policy);
}

/** What is wrong with a request before anything is set: a rule of docs/rules.md 6.1, or the policy. */
export function checkRequest(asked: BlanketRequest, policy: ProofPolicy): void {
  checkBlanket(asked, policy);
  requireAllowedRequest(asked, policy.allow);
}

function proveBlanket(proxy: SecurableProxy, asked: BlanketRequest, policy: ProofPolicy): Blanket | null {
  const inForce = readBack(proxy, policy);
  if (inForce === null) return null;
  requireAllowed(inForce.authnService, policy.allow, `the ${proxy.proxyKind} proxy has negotiated`);
  const gaps = [...shortfalls(asked, inForce), ...delegationShortfall(asked, inForce, policy)];
  if (gaps.length === 0) return inForce;
  throw new WmisecError(
    'BLANKET_TOO_WEAK',
    `the ${proxy.proxyKind} proxy is less secure than asked: ${gaps.join('; ')}`,
  );
}

/** NTLM carries nobody beyond the first machine. @see docs/rules.md 8.5 */
function delegationShortfall(asked: BlanketRequest, inForce: Blanket, { remote }: ProofPolicy): string[] {
  if (!remote || asked.impLevel !== ImpLevel.Delegate || inForce.authnService !== AuthnService.WinNT)
    return [];
  return ['delegation needs RPC_C_AUTHN_GSS_KERBEROS, RPC_C_AUTHN_WINNT is in force'];
}

function readBack(proxy: SecurableProxy, { dangerouslyAllowUnproven }: ProofPolicy): Blanket | null {
  try {
    return proxy.queryBlanket();
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    if (dangerouslyAllowUnproven) return null;
    const message = `the blanket of the ${proxy.proxyKind} proxy cannot be read back (${cause.code}), so nothing proves it`;
    throw new WmisecError('BLANKET_UNPROVEN', message, { cause, hresult: cause.hresult });
  }
}
