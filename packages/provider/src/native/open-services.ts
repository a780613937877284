import { native } from '@wmisec/com-core';
import { WbemError, type WbemServices, WbemStatus } from '@wmisec/wbem';
import type { NativeCaller } from './native-caller.ts';

/**
 * A connection of the provider's own to its namespace, which the handler disposes. It is made on other threads, which
 * act as the process: what would have to be the caller's is refused instead.
 * @throws WbemError `WBEM_E_NOT_SUPPORTED` inside of `impersonate`; what connecting throws.
 * @see docs/rules.md 4.5
 */
export async function openServices(namespace: string, caller: NativeCaller): Promise<WbemServices> {
  if (caller.acting)
    throw new WbemError(
      WbemStatus.WBEM_E_NOT_SUPPORTED,
      'this host opens connections as the provider alone: open one outside of impersonate',
    );
  return native().open({
    server: null,
    namespace,
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
  });
}
