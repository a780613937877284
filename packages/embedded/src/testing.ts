import type { Principal, Sid } from '@wmisec/access';
import { AuthnLevel, AuthnService, ImpLevel, type OpenRequest, type WbemServices } from '@wmisec/wbem';
import type { EmbeddedService } from './service/create-service.ts';

const EVERYONE: Sid = 'S-1-1-0';
export const AUTHENTICATED_USERS: Sid = 'S-1-5-11';
export const ADMINISTRATORS: Sid = 'S-1-5-32-544';
/** Those who may activate from afar. */
export const DCOM_USERS: Sid = 'S-1-5-32-562';

/** Somebody with a SID of their own, made of the name, and the groups that a logon adds. */
export function person(
  name: string,
  { groups = [AUTHENTICATED_USERS], ...changes }: Partial<Principal> & { groups?: readonly Sid[] } = {},
): Principal {
  const rid = 1000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return {
    name,
    token: { user: `S-1-5-21-1-2-3-${rid}`, groups: [EVERYONE, ...groups] },
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
    ...changes,
  };
}

export function openRequest(namespace: string, changes: Partial<OpenRequest> = {}): OpenRequest {
  return {
    server: null,
    namespace,
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
    ...changes,
  };
}

/** Opens a connection without the proofs that `connect` adds: what the service itself answers. */
export function open(service: EmbeddedService, namespace: string, as?: Principal): Promise<WbemServices> {
  return service.transport({ as }).open(openRequest(namespace));
}

export async function all<T>(rows: AsyncIterable<T> | Promise<AsyncIterable<T>>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of await rows) found.push(row);
  return found;
}
