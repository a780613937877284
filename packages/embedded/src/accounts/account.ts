import type { PrivilegeName, Sid } from '@wmisec/access';
import type { Password } from './password.ts';

/** What can be known of a user or group: nothing of it is secret. */
export interface Account {
  readonly kind: 'user' | 'group';
  /** The name of the domain, or of this machine. */
  readonly domain: string;
  readonly name: string;
  readonly sid: Sid;
  /** Direct ones, by name: `Administrators`, `CORP\Domain Users`. */
  readonly groups: readonly string[];
  /** False for a user that may not log on. */
  readonly enabled: boolean;
  /** Whether an NT hash is kept, without which NTLM cannot be verified. Of users. */
  readonly ntlm: boolean;
  /** Locked after failures, at the moment. */
  readonly locked: boolean;
  /** Held beside those of the groups. */
  readonly privileges: readonly PrivilegeName[];
}

export interface NewUser {
  /** `name`, `DOMAIN\name` or `name@domain`; a domain is made when it is named for the first time. */
  readonly name: string;
  readonly password: Password;
  /** Beside `Users`, or `Domain Users` of a domain. Default: none. */
  readonly groups?: readonly string[] | undefined;
  /** Held beside those of the groups. Default: none. */
  readonly privileges?: readonly PrivilegeName[] | undefined;
  /** Whether to keep an NT hash: NTLM needs one, and whoever reads it can log on. Default true. */
  readonly ntlm?: boolean | undefined;
}
