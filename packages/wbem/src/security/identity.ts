/** Explicit credentials. The password is lent for the length of one call and is never a property. */
export interface AuthIdentity {
  readonly user: string;
  readonly domain: string | null;
  /** Lends the password as UTF-16LE without a terminator. The bytes must not outlive `use`. */
  withPassword<T>(use: (utf16: Uint8Array) => T): T;
}
