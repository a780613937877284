import type { Blanket, BlanketRequest } from '../security/blanket.ts';

export type ProxyKind = 'services' | 'enumerator' | 'callResult' | 'refresher' | 'unknown';

/**
 * An object behind which a server may stand, and whose calls carry a blanket of their own. Blankets do not
 * pass from one proxy to the next (docs/rules.md 2.1).
 */
export interface SecurableProxy {
  readonly proxyKind: ProxyKind;
  /** @throws WbemError `E_INVALIDARG` for values that do not go together (docs/rules.md 6.1). */
  setBlanket(request: BlanketRequest): void;
  queryBlanket(): Blanket;
  /**
   * The proxy's `IUnknown`, with whose settings questions for further interfaces and the last release travel
   * (docs/rules.md 2.5). Absent where a transport has no such thing.
   */
  readonly unknown?: SecurableProxy;
}
