import { ComStatus, WbemError } from '@wmisec/wbem';
import { type PasswordIdentity, passwordIdentity } from './password-identity.ts';

export interface ReadPasswordIdentityOptions {
  /** `user`, `DOMAIN\user` or `user@domain`. */
  readonly user: string;
  /**
   * UTF-16LE bytes, which are copied and wiped: `passwordFromStdin`, or a prompt of your own, whose bytes stand
   * best in an `ArrayBuffer` of their own, since the collector moves small arrays without one.
   */
  readonly password: () => Uint8Array | Promise<Uint8Array>;
}

/**
 * A user with a password that is asked for now, so that it is never a JavaScript string.
 * @throws WbemError `E_INVALIDARG` for an empty user name or an answer that is no bytes; what the callback throws.
 * @see docs/rules.md 2.6
 */
export async function readPasswordIdentity({
  user,
  password,
}: ReadPasswordIdentityOptions): Promise<PasswordIdentity> {
  const given: unknown = await password();
  if (given instanceof Uint8Array) return passwordIdentity({ user, password: given });
  throw new WbemError(ComStatus.E_INVALIDARG, `expected the password as bytes, got ${typeof given}`);
}
