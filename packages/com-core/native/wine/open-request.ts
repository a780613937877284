import type { OpenRequest } from '@wmisec/wbem';

/** A request for a namespace of this machine. */
export function openRequest(namespace: string, more: Partial<OpenRequest> = {}): OpenRequest {
  return {
    server: null,
    namespace,
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
    ...more,
  };
}
