import { type Blanket, type BlanketRequest, type SecurableProxy, WbemError, WmisecError } from '@wmisec/wbem';
import { type BlanketCircumstances, checkBlanket } from './blanket-rules.ts';
import { shortfalls } from './compare-blanket.ts';

export interface ProofPolicy extends BlanketCircumstances {
  /** Accepts a proxy whose blanket cannot be read back. Nothing then proves that the level is in force. */
  readonly dangerouslyAllowUnproven: boolean;
}

/**
 * Sets a blanket on a proxy, reads it back and compares.
 * @returns what is in force; null when it cannot be read back and the policy allows that.
 * @throws WbemError `E_INVALIDARG` for values that do not go together.
 * @throws WmisecError `BLANKET_TOO_WEAK` when less is in force than was asked, `BLANKET_UNPROVEN` when nobody can tell.
 */
export function secureProxy(
  proxy: SecurableProxy,
  asked: BlanketRequest,
  policy: ProofPolicy,
): Blanket | null {
  checkBlanket(asked, policy);
  proxy.setBlanket(asked);
  return proveBlanket(proxy, asked, policy);
}

function proveBlanket(proxy: SecurableProxy, asked: BlanketRequest, policy: ProofPolicy): Blanket | null {
  const inForce = readBack(proxy, policy);
  if (inForce === null) return null;
  const gaps = shortfalls(asked, inForce);
  if (gaps.length === 0) return inForce;
  throw new WmisecError(
    'BLANKET_TOO_WEAK',
    `the ${proxy.proxyKind} proxy is less secure than asked: ${gaps.join('; ')}`,
  );
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
