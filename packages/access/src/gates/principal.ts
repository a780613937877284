import type { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';
import type { Token } from '../token/token.ts';

/** Who calls, and how the call arrived: the facts that gates judge. @see docs/rules.md 0.2 */
export interface Principal {
  /** For people, such as `CORP\ann`. */
  readonly name: string;
  /** Must not change once it has called. */
  readonly token: Token;
  readonly remote: boolean;
  readonly authnService: AuthnService;
  readonly authnLevel: AuthnLevel;
  readonly impLevel: ImpLevel;
}
