import { AuthnLevel, Capabilities, type WbemServices } from '@wmisec/wbem';
import { withCall } from '../proxies/call-scope.ts';
import type { ClientProcess } from '../proxies/client-process.ts';
import { ProxyBlanket } from '../proxies/proxy-blanket.ts';
import { ServicesProxy } from '../proxies/services-proxy.ts';
import type { Server } from '../server/server.ts';
import { NETWORK_SERVICE } from './network-service.ts';

const ARGUMENTS = { user: null, hasPassword: false, authority: null, locale: null, flags: 0 };

/** A provider's connection to its service. It cloaks: while the provider impersonates, its calls are the caller's. */
export function openAsProvider(server: Server, path: string): Promise<WbemServices> {
  const client: ClientProcess = {
    principal: NETWORK_SERVICE,
    identity: null,
    thread: () => server.impersonation.current,
    capabilities: Capabilities.DynamicCloaking,
    hostLevel: AuthnLevel.PktPrivacy,
    sinks: server.callbacks.clientSinks({ remote: false }),
  };
  const { signal } = server;
  return withCall('open', new ProxyBlanket(client).caller(), [signal], undefined, (call) => {
    return new ServicesProxy(server.connect(call, path, ARGUMENTS), client, signal);
  });
}
