import type { AuthnLevel } from './authn-level.ts';
import type { AuthnService, AuthzService } from './authn-service.ts';
import type { AuthIdentity } from './identity.ts';
import type { ImpLevel } from './imp-level.ts';

/** `COLE_DEFAULT_PRINCIPAL`: COM chooses the server's principal name. */
export const DEFAULT_PRINCIPAL: unique symbol = Symbol.for('@wmisec/COLE_DEFAULT_PRINCIPAL') as never;

/** `COLE_DEFAULT_AUTHINFO`: COM keeps the identity that it negotiated. */
export const DEFAULT_AUTHINFO: unique symbol = Symbol.for('@wmisec/COLE_DEFAULT_AUTHINFO') as never;

/**
 * The seven values that `CoSetProxyBlanket` takes. Absent members are the SDK's defaults: service,
 * authorisation, level and capabilities `Default`, `DEFAULT_PRINCIPAL`, `DEFAULT_AUTHINFO`.
 * @see docs/rules.md 2.3, 6.1
 */
export interface BlanketRequest {
  readonly authnService?: AuthnService;
  readonly authzService?: AuthzService;
  /** The server's principal name; `null` keeps the one already set. */
  readonly principal?: string | null | typeof DEFAULT_PRINCIPAL;
  readonly authnLevel?: AuthnLevel;
  readonly impLevel?: ImpLevel;
  /** `null` is the identity of the process or thread. */
  readonly identity?: AuthIdentity | null | typeof DEFAULT_AUTHINFO;
  /** A mask of `Capabilities`. */
  readonly capabilities?: number;
}

/** What `CoQueryProxyBlanket` reports: what is in force, never the identity's secret. */
export interface Blanket {
  readonly authnService: number;
  readonly authzService: number;
  readonly principal: string | null;
  readonly authnLevel: number;
  readonly impLevel: number;
  readonly capabilities: number;
}
