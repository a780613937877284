import type { Principal } from '@wmisec/access';
import type { EmbeddedService } from '@wmisec/embedded';
import type { WbemServices } from '@wmisec/wbem';

/** Opens `root\cimv2` without the proofs that `connect` adds: what the service itself answers. */
export function openAs(service: EmbeddedService, as: Principal): Promise<WbemServices> {
  return service.transport({ as }).open({
    server: null,
    namespace: 'root\\cimv2',
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
  });
}
