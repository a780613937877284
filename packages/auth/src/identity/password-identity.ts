import { inspect } from 'node:util';
import { type AuthIdentity, ComStatus, WbemError } from '@wmisec/wbem';
import { secretBytes } from './secret-bytes.ts';

export interface PasswordIdentityOptions {
  /** `user`, `DOMAIN\user` or `user@domain`. */
  readonly user: string;
  /**
   * Text, or UTF-16LE bytes that are copied and wiped. A caller's own string is beyond our reach, and so are the
   * copies that the collector makes of bytes without an `ArrayBuffer` of their own.
   */
  readonly password: string | Uint8Array;
}

/**
 * A user with a password. The only copy of the password is a buffer that `dispose` fills with zeros; the
 * object prints as `[secret]`.
 * @throws WbemError `E_INVALIDARG` for a user name that is empty or has a control character in it.
 * @see docs/rules.md 2.6
 */
export function passwordIdentity(options: PasswordIdentityOptions): PasswordIdentity {
  const { user, domain } = splitUser(options.user);
  const secret = typeof options.password === 'string' ? encode(options.password) : takeOver(options.password);
  return new PasswordIdentity(user, domain, secret);
}

/** Credentials that are wiped when disposed. Made by `passwordIdentity`. */
export class PasswordIdentity implements AuthIdentity, Disposable {
  readonly user: string;
  readonly domain: string | null;
  #secret: Uint8Array | null;

  constructor(user: string, domain: string | null, secret: Uint8Array) {
    this.user = user;
    this.domain = domain;
    this.#secret = secret;
  }

  /** @throws WbemError `E_INVALIDARG` after disposal. */
  withPassword<T>(use: (utf16: Uint8Array) => T): T {
    if (this.#secret === null) {
      throw new WbemError(
        ComStatus.E_INVALIDARG,
        `the identity of ${this.user} is disposed and holds no password`,
      );
    }
    return use(this.#secret);
  }

  /** Fills the password with zeros. Idempotent. */
  dispose(): void {
    this.#secret?.fill(0);
    this.#secret = null;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

function encode(text: string): Uint8Array {
  const bytes = secretBytes(text.length * 2);
  Buffer.from(bytes.buffer).write(text, 'utf16le');
  return bytes;
}

function takeOver(bytes: Uint8Array): Uint8Array {
  const copy = secretBytes(bytes.length);
  copy.set(bytes);
  bytes.fill(0);
  return copy;
}

function splitUser(text: string): { user: string; domain: string | null } {
  if (/\p{Cc}/u.test(text))
    throw new WbemError(ComStatus.E_INVALIDARG, 'expected a user name, got one with a control character');
  const slash = text.indexOf('\\');
  const user = text.slice(slash + 1);
  if (user === '') throw new WbemError(ComStatus.E_INVALIDARG, 'expected a user name, got an empty one');
  return { user, domain: slash < 0 ? null : text.slice(0, slash) };
}
