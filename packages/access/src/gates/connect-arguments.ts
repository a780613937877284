import { type Hresult, WbemStatus } from '@wmisec/wbem';
import { type GateOutcome, PASSED } from './gate.ts';
import type { Principal } from './principal.ts';
import { refused } from './refused.ts';

/** The arguments of `ConnectServer` that have rules; `null` is what C++ passes as NULL. */
export interface ConnectArguments {
  readonly user: string | null;
  readonly hasPassword: boolean;
  readonly authority: string | null;
  readonly locale: string | null;
  /** `WBEM_FLAG_CONNECT_*`. */
  readonly flags: number;
}

const CONNECT_FLAGS = 0x1c0;
const AUTHORITY = /^(kerberos|ntlmdomain):(\P{Cc}+)$/iu;
const LOCALE = /^ms_[0-9a-f]{1,8}$/i;

/**
 * Gate 4: the arguments of a connection.
 * @see docs/rules.md 2.2, 8.4
 */
export function connectArguments({ remote }: Principal, request: ConnectArguments): GateOutcome {
  const { user, hasPassword, authority, locale, flags } = request;
  if (!remote && (user !== null || hasPassword || isGiven(authority)))
    return invalid(
      'a connection without credentials and authority',
      'leave them out for this machine',
      LOCAL,
    );
  if (user === '') return invalid('a user name', 'give a name, or none for the current user');
  if (isGiven(authority)) {
    const kind = AUTHORITY.exec(authority)?.[1]?.toLowerCase();
    if (kind === undefined)
      return invalid('an authority of a known kind', 'write Kerberos:principal or NTLMDOMAIN:domain');
    if (kind === 'ntlmdomain' && user !== null && hasDomain(user))
      return invalid('one domain', 'name the domain in the user or in the authority, not in both');
  }
  if (isGiven(locale) && !LOCALE.test(locale)) return invalid('a locale', 'write it as MS_409');
  if ((flags & ~CONNECT_FLAGS) !== 0) return invalid('known flags', 'use WBEM_FLAG_CONNECT_* only');
  return PASSED;
}

const LOCAL = WbemStatus.WBEM_E_LOCAL_CREDENTIALS;

function isGiven(text: string | null): text is string {
  return text !== null && text !== '';
}

function hasDomain(user: string): boolean {
  return user.includes('\\') || user.includes('@');
}

function invalid(
  missing: string,
  fix: string,
  status: Hresult = WbemStatus.WBEM_E_INVALID_PARAMETER,
): GateOutcome {
  return refused(status, 'connect-arguments', { missing: [missing], fix });
}
