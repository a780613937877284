import type { Sid } from '@wmisec/access';
import {
  AuthnLevel,
  type Caller,
  type EnumerateRequest,
  ImpLevel,
  type PropertyBag,
  type Provider,
} from '@wmisec/wbem';
import { defineProvider, type ProviderSpec } from './define-provider.ts';
import type { Handlers } from './handlers/handlers.ts';
import { serve } from './handlers/serve.ts';
import { classSchema } from './schema/class-schema.ts';

const EVERYONE: Sid = 'S-1-1-0';
export const AUTHENTICATED_USERS: Sid = 'S-1-5-11';
export const ADMINISTRATORS: Sid = 'S-1-5-32-544';

/** A caller of the groups given, whose host lets a body run as them. */
export function caller(
  groups: readonly Sid[] = [AUTHENTICATED_USERS],
  changes: Partial<Caller> = {},
): Caller {
  return {
    sid: 'S-1-5-21-1-2-3-1001',
    name: 'CORP\\ann',
    remote: false,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
    token: { user: 'S-1-5-21-1-2-3-1001', groups: [EVERYONE, ...groups] },
    impersonate: (body) => body(),
    ...changes,
  };
}

export const administrator = caller([AUTHENTICATED_USERS, ADMINISTRATORS]);

/** What a host that hides its callers tells. */
export const hidden: Caller = { ...caller([], { sid: 'S-1-5-18', token: null }) };

/** A request as a host makes it. */
export function requestOf(
  who: Caller = administrator,
  changes: Partial<EnumerateRequest> = {},
): EnumerateRequest {
  return {
    namespace: 'root\\cimv2',
    caller: who,
    signal: new AbortController().signal,
    context: {},
    properties: null,
    where: null,
    ...changes,
  };
}

/** The rows of an enumeration, and what ended it. */
export async function rowsOf(
  provider: Provider,
  className: string,
  request = requestOf(),
): Promise<{ rows: PropertyBag[]; error: unknown }> {
  const rows: PropertyBag[] = [];
  try {
    for await (const batch of provider.enumerate!(className, request)) rows.push(...batch);
    return { rows, error: null };
  } catch (error) {
    return { rows, error };
  }
}

export const door = classSchema({
  name: 'Acme_Door',
  properties: {
    Id: { type: 'uint32', key: true },
    Opened: 'uint64',
    Tags: 'string[]',
    Kind: { type: 'string', notNull: true },
    Code: { type: 'string', privileges: ['SeSecurityPrivilege'] },
  },
  methods: {
    Lock: { in: { Code: 'string' }, out: { At: 'datetime' }, returns: 'uint32' },
    Ring: { static: true },
    Unlock: { privileges: ['SeSecurityPrivilege'] },
  },
});

/** A provider of doors that does what a test says. */
export function doors(handlers: Handlers<typeof door>, changes: Partial<ProviderSpec> = {}) {
  return defineProvider({ name: 'Doors', classes: [serve(door, handlers)], ...changes }).provider;
}
