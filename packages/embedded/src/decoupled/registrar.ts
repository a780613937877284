import type { Principal } from '@wmisec/access';
import { type Provider, WbemError, WbemStatus } from '@wmisec/wbem';
import { followSignals } from '../server/follow-signals.ts';
import type { Server } from '../server/server.ts';
import { decoupledProvider } from './decoupled-provider.ts';
import { requireOwnClasses } from './require-own-classes.ts';
import { storedRegistration } from './stored-registration.ts';

/** A decoupled provider for as long as it is registered. Disposal unregisters it, and is idempotent. */
export interface RegisteredProvider extends Disposable {
  readonly name: string;
  readonly namespace: string;
  /**
   * Takes it out; calls in flight end with `WBEM_E_PROVIDER_DISABLED`, without waiting for it.
   * @throws WbemError `WBEM_E_PROVIDER_NOT_REGISTERED` when it is out already.
   */
  unregister(): void;
}

/** Registers providers while the service runs, `IWbemDecoupledRegistrar`. @see docs/rules.md 9.14 */
export class Registrar {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @throws WbemError
   *   `WBEM_E_INVALID_NAMESPACE`, `WBEM_E_PROVIDER_NOT_FOUND`, `WBEM_E_INVALID_PROVIDER_REGISTRATION` for what the
   *   namespace lacks, `WBEM_E_ACCESS_DENIED`, `WBEM_E_PROVIDER_ALREADY_REGISTERED`, and what `requireOwnClasses` and
   *   classes that do not go together throw.
   */
  register(provider: Provider, path: string, principal: Principal): RegisteredProvider {
    const server = this.#server;
    const namespace = server.namespace(path);
    const { model, securityDescriptor } = storedRegistration(namespace, provider.name);
    const call = { operation: 'register', principal, signal: server.signal, context: {} };
    const request = { namespace: namespace.path, securityDescriptor };
    server.guard.admitRegistration(call, request, provider.events !== undefined);
    if (server.hosts(namespace.path, provider.name)) throw alreadyRegistered(provider, namespace.path);
    requireOwnClasses(namespace, provider);
    const end = new AbortController();
    end.signal.addEventListener('abort', followSignals(end, [server.signal]), { once: true });
    const options = { signal: end.signal, foldsIdentity: model.foldIdentity };
    const hosted = decoupledProvider(provider, options);
    try {
      server.host(hosted, namespace.path, { account: principal, isDecoupled: true, signal: end.signal });
    } catch (error) {
      end.abort(error);
      throw error;
    }
    return registered(provider, namespace.path, end);
  }
}

function registered({ name }: Provider, namespace: string, end: AbortController): RegisteredProvider {
  const leave = () =>
    end.abort(
      new WbemError(WbemStatus.WBEM_E_PROVIDER_DISABLED, `the provider ${name} is registered no longer`),
    );
  return {
    name,
    namespace,
    unregister: () => {
      if (!end.signal.aborted) return leave();
      throw new WbemError(
        WbemStatus.WBEM_E_PROVIDER_NOT_REGISTERED,
        `the provider ${name} is not registered in ${namespace}`,
      );
    },
    [Symbol.dispose]: leave,
  };
}

function alreadyRegistered({ name }: Provider, namespace: string): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_PROVIDER_ALREADY_REGISTERED,
    `the provider ${name} is registered in ${namespace} already`,
  );
}
