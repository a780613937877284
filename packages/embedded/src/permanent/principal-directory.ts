import { type Principal, type Sid, type Token, WellKnownSid } from '@wmisec/access';
import { accountTokenOf } from '../accounts/sid-token.ts';
import type { RepositoryReader } from '../repository/repository.ts';
import { tokenUser } from '../server/token-user.ts';
import { LOCAL_SYSTEM } from '../service/local-system.ts';

const SERVICES: ReadonlySet<Sid> = new Set<Sid>([WellKnownSid.LocalService, WellKnownSid.NetworkService]);
const EVERYBODY_HERE: readonly Sid[] = [WellKnownSid.World, WellKnownSid.AuthenticatedUser];

/**
 * Finds out who is behind a SID now, with the groups that they are in now, when they are not there to show a token:
 * the creators of subscriptions, and the owners of sinks.
 * @see docs/rules.md 5.7
 */
export class PrincipalDirectory {
  readonly #repository: RepositoryReader;
  readonly #principals: readonly Principal[];

  /** @param principals that the service was given, beside the accounts in the repository. */
  constructor(repository: RepositoryReader, principals: readonly Principal[]) {
    this.#repository = repository;
    this.#principals = principals;
  }

  /** @returns null for somebody whose groups cannot be known: they are denied what is asked for them. */
  tokenOf(sid: Sid): Token | null {
    if (sid === WellKnownSid.LocalSystem) return LOCAL_SYSTEM.token;
    if (sid === WellKnownSid.Administrators || SERVICES.has(sid))
      return { user: sid, groups: EVERYBODY_HERE };
    const principal = this.#principals.find(({ token }) => tokenUser(token) === sid);
    return principal?.token ?? accountTokenOf(this.#repository, sid);
  }

  /** Somebody on this machine, as whom the service asks. @returns null as `tokenOf` does. */
  principalOf(sid: Sid): Principal | null {
    const token = this.tokenOf(sid);
    return token === null ? null : { ...LOCAL_SYSTEM, name: sid, token };
  }
}
