import { type Blanket, type BlanketRequest, Capabilities, type SecurableProxy } from '@wmisec/wbem';
import { checkPrivileges } from '../src/index.ts';
import { HELD } from './read-back.ts';

const STATIC = Capabilities.StaticCloaking;
const DYNAMIC = Capabilities.DynamicCloaking;

/**
 * A proxy that takes identities as rules 6.2 says COM does: with static cloaking the thread's token when the
 * blanket is set, with dynamic cloaking that of the call, else the process's. It asks the system each time.
 */
export class ModelProxy implements SecurableProxy {
  readonly proxyKind: SecurableProxy['proxyKind'] = 'services';
  blanket: Blanket = {
    authnService: 10,
    authzService: 0,
    principal: null,
    authnLevel: 6,
    impLevel: 3,
    capabilities: 0,
  };
  #fixed = false;

  setBlanket({ capabilities = 0 }: BlanketRequest): void {
    this.blanket = { ...this.blanket, capabilities };
    this.#fixed = (capabilities & STATIC) !== 0 && checkPrivileges([HELD]);
  }

  queryBlanket(): Blanket {
    return this.blanket;
  }

  /** Whether the server sees the privilege enabled. */
  call(): boolean {
    if ((this.blanket.capabilities & STATIC) !== 0) return this.#fixed;
    const token = (this.blanket.capabilities & DYNAMIC) !== 0 ? 'thread' : 'process';
    return checkPrivileges([HELD], { token });
  }
}
