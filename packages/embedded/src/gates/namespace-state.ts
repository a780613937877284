import {
  type DcomState,
  type EncryptionState,
  type NamespaceExistence,
  type NamespaceRightsState,
  type PreparedDescriptor,
  prepareNamespaceDescriptor,
} from '@wmisec/access';
import type { AuthnLevel } from '@wmisec/wbem';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import type { StoredNamespace } from '../repository/repository.ts';
import { minimumAuthnLevel, type ServerHost } from './server-host.ts';

type GateState = DcomState & NamespaceExistence & EncryptionState & NamespaceRightsState;

/** What a namespace that is not there lets people do. */
const NOBODY = prepareNamespaceDescriptor(INHERITING_DESCRIPTOR);

/**
 * What the gates judge a call to a namespace by. The namespace is looked up when the first gate asks about it: a
 * caller whom DCOM refuses never gets that far.
 * @see docs/rules.md 8.11, AC-8.2
 */
export class NamespaceState implements GateState {
  readonly minimumAuthnLevel: AuthnLevel;
  readonly #host: ServerHost;
  readonly #tree: NamespaceTree;
  readonly #path: string;
  #stored: StoredNamespace | null | undefined;

  constructor(host: ServerHost, tree: NamespaceTree, path: string, remote: boolean) {
    this.minimumAuthnLevel = minimumAuthnLevel(host, remote);
    this.#host = host;
    this.#tree = tree;
    this.#path = path;
  }

  get accessDescriptors(): readonly PreparedDescriptor[] {
    return this.#host.accessDescriptors;
  }

  get launchDescriptors(): readonly PreparedDescriptor[] {
    return this.#host.launchDescriptors;
  }

  get namespaceExists(): boolean {
    return this.#found() !== null;
  }

  get requiresEncryption(): boolean {
    return this.#found()?.requiresEncryption ?? true;
  }

  get descriptor(): PreparedDescriptor {
    const stored = this.#found();
    return stored === null ? NOBODY : this.#tree.preparedDescriptor(stored);
  }

  #found(): StoredNamespace | null {
    if (this.#stored === undefined) this.#stored = this.#tree.find(this.#path) ?? null;
    return this.#stored;
  }
}
