import { foldName, WmisecError } from '@wmisec/wbem';

/** An account by its name; a domain of null is this machine's. */
export interface AccountName {
  readonly domain: string | null;
  readonly name: string;
}

/** `UNLEN` of lmcons.h. */
const MAX_NAME = 256;
const MAX_DOMAIN = 255;
const NAME = /^[^"/\\[\]:;|=,+*?<>@\p{Cc}]+$/u;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u;

/** Takes `name`, `DOMAIN\name` and `name@domain` apart; `.` is this machine. Nothing is checked. */
export function splitAccountName(text: string): AccountName {
  const slash = text.indexOf('\\');
  if (slash >= 0) return accountName(text.slice(slash + 1), text.slice(0, slash));
  const at = text.lastIndexOf('@');
  return at >= 0 ? accountName(text.slice(0, at), text.slice(at + 1)) : accountName(text, null);
}

function accountName(name: string, domain: string | null): AccountName {
  return { name, domain: domain === '' || domain === '.' ? null : domain };
}

/** How names are compared: in any case. */
export function nameKey({ domain, name }: AccountName): string {
  return `${domain === null ? '' : foldName(domain)}\\${foldName(name)}`;
}

/**
 * @throws WmisecError `INVALID_ARGUMENT` for what Windows does not take as a name of a user or group.
 * @see https://learn.microsoft.com/windows/win32/api/lmaccess/ns-lmaccess-user_info_1
 */
export function checkAccountName({ domain, name }: AccountName): void {
  const named = name.length <= MAX_NAME && NAME.test(name) && /[^. ]/.test(name);
  if (!named || name !== name.trim())
    throw invalid(`expected a name of up to ${MAX_NAME} characters, none of "/\\[]:;|=,+*?<>@`, name);
  if (domain !== null && !(domain.length <= MAX_DOMAIN && DOMAIN.test(domain)))
    throw invalid('expected a domain of letters, digits, dots and hyphens', domain);
}

function invalid(expected: string, got: string): WmisecError {
  return new WmisecError('INVALID_ARGUMENT', `${expected}, got ${JSON.stringify(got.slice(0, 80))}`);
}
