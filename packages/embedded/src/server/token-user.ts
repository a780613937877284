import type { Sid, Token } from '@wmisec/access';

/** The SID of the user whose token it is. */
export function tokenUser({ user }: Token): Sid {
  return typeof user === 'string' ? user : user.sid;
}
