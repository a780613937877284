import {
  checkPrepared,
  NamespaceRight,
  type PreparedDescriptor,
  type PreparedToken,
  prepareToken,
  type SecurityDescriptor,
  type Token,
} from '@wmisec/access';
import type { Publisher } from '../events/raised-event.ts';
import type { PrincipalDirectory } from './principal-directory.ts';

/** Judges who may publish to filters. */
export class Publishers {
  readonly #directory: PrincipalDirectory;
  readonly #prepared = new WeakMap<Token, PreparedToken>();

  constructor(directory: PrincipalDirectory) {
    this.#directory = directory;
  }

  /**
   * Whether an event may come into a filter: both the one who raised it and the owner of the sink that it came
   * through need the right.
   * @see docs/rules.md 5.1, 5.4
   */
  mayPublish(eventAccess: PreparedDescriptor, { principal, sink }: Publisher): boolean {
    if (!this.#isGranted(eventAccess, principal.token)) return false;
    if (sink === null) return true;
    const owner = this.#sinkOwner(sink);
    return owner !== null && this.#isGranted(eventAccess, owner);
  }

  #sinkOwner({ owner, group }: SecurityDescriptor): Token | null {
    const token = owner === null ? null : this.#directory.tokenOf(owner);
    if (token === null || group === null) return token;
    return { ...token, groups: [...(token.groups ?? []), group] };
  }

  #isGranted(eventAccess: PreparedDescriptor, token: Token): boolean {
    let prepared = this.#prepared.get(token);
    if (prepared === undefined) {
      prepared = prepareToken(token);
      this.#prepared.set(token, prepared);
    }
    return checkPrepared(eventAccess, prepared, NamespaceRight.WBEM_RIGHT_PUBLISH).granted;
  }
}
