import { parseSddl, parseSid, type SecurityDescriptor, type Sid } from '@wmisec/access';
import { sidOfAccount } from '@wmisec/access/native';
import type { Native } from '@wmisec/com-core';
import { AuthnLevel, WmisecError } from '@wmisec/wbem';

/** Who may call: plain data, which travels to the thread that checks. */
export type CallerRule =
  /** The computer that a sink was given to, `CORP\SRV01`: its account is looked up with the dollar added. */
  | { readonly kind: 'machine'; readonly machine: string }
  | { readonly kind: 'account'; readonly sid: Sid }
  /** Whoever has all the desired rights of a descriptor. Rights of its own, without generic bits. */
  | { readonly kind: 'descriptor'; readonly sddl: string; readonly desired: number }
  /** Anybody whose identity is known. */
  | { readonly kind: 'dangerouslyAnyone' };

export interface CallerPolicy {
  readonly rule: CallerRule;
  /** Calls below it are refused. Default `Connect`, below which nobody can be identified. */
  readonly minimumAuthnLevel?: AuthnLevel | undefined;
}

/** A policy with its names looked up. */
export type PreparedPolicy = { readonly minimum: AuthnLevel } & (
  | { readonly kind: 'sid'; readonly sid: Sid }
  | { readonly kind: 'descriptor'; readonly descriptor: SecurityDescriptor; readonly desired: number }
  | { readonly kind: 'anyone' }
);

/** Specific and standard rights. */
const MOST_OWN_RIGHTS = 0x1fffff;

export type AccountLookup = (account: string) => Sid | null;

/**
 * Looks up what a policy names, once, so that the check of a call compares SIDs and asks nobody.
 * @throws WmisecError `UNKNOWN_ACCOUNT` for a computer without an account, `INVALID_ARGUMENT`; ParseError
 * for SDDL and SIDs.
 * @see docs/rules.md 4.2
 */
export function prepareCallerPolicy(
  native: Native,
  { rule, minimumAuthnLevel = AuthnLevel.Connect }: CallerPolicy,
  lookup: AccountLookup = (account) => sidOfAccount(native, account),
): PreparedPolicy {
  if (!Object.values(AuthnLevel).includes(minimumAuthnLevel))
    throw new WmisecError('INVALID_ARGUMENT', `expected an authentication level, got ${minimumAuthnLevel}`);
  const minimum = Math.max(minimumAuthnLevel, AuthnLevel.Connect) as AuthnLevel;
  switch (rule.kind) {
    case 'machine':
      return { minimum, kind: 'sid', sid: machineSid(rule.machine, lookup) };
    case 'account':
      return { minimum, kind: 'sid', sid: parseSid(rule.sid) };
    case 'descriptor':
      return {
        minimum,
        kind: 'descriptor',
        descriptor: parseSddl(rule.sddl),
        desired: ownRights(rule.desired),
      };
    case 'dangerouslyAnyone':
      return { minimum, kind: 'anyone' };
    default:
      throw new WmisecError('INVALID_ARGUMENT', 'expected a caller rule: machine, account, descriptor');
  }
}

/** A mask without rights would let everybody in, and generic ones mean nothing without a mapping. */
function ownRights(desired: number): number {
  if (Number.isInteger(desired) && desired > 0 && desired <= MOST_OWN_RIGHTS) return desired;
  throw new WmisecError('INVALID_ARGUMENT', `expected desired rights, 1 to 0x1FFFFF, got ${desired}`);
}

function machineSid(machine: string, lookup: AccountLookup): Sid {
  const account = `${machine.replace(/\$$/, '')}$`;
  const sid = lookup(account);
  if (sid !== null) return sid;
  throw new WmisecError('UNKNOWN_ACCOUNT', `no computer account bears the name ${account}`);
}
