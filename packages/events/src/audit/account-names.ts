import { type Sid, sidName } from '@wmisec/access';
import { type CallOptions, type CimObject, relativePath, WbemError, type WbemServices } from '@wmisec/wbem';
import { isLostConnection } from '../lost-connection.ts';
import type { Inventory } from './inventory.ts';

/** `DOMAIN\name`; null for a SID that is nobody's; undefined where that cannot be told. */
export type ResolveAccount = (sid: Sid) => Promise<string | null | undefined>;

/** Asks `Win32_SID` of `root\cimv2`, as Windows has it. */
export function win32SidResolver(root: WbemServices, options?: CallOptions): ResolveAccount {
  return async (sid) => {
    try {
      await using cimv2 = await root.openNamespace('cimv2', options);
      return accountOf(
        await cimv2.getObject(relativePath('Win32_SID', [{ name: 'SID', value: sid }]), options),
      );
    } catch (error) {
      if (!(error instanceof WbemError) || isLostConnection(error)) throw error;
      return undefined;
    }
  };
}

function accountOf(object: CimObject): string | null | undefined {
  if (object.kind !== 'instance') return undefined;
  const { AccountName: name, ReferencedDomainName: domain } = object.properties;
  if (typeof name !== 'string' || name === '') return null;
  return typeof domain === 'string' && domain !== '' ? `${domain}\\${name}` : name;
}

/** The names of all accounts that an inventory speaks of; each is asked for once. */
export async function accountNames(
  { namespaces, subscriptions }: Inventory,
  resolve: ResolveAccount,
): Promise<ReadonlyMap<Sid, string | null | undefined>> {
  const creators = subscriptions.flatMap(({ filter, consumer, binding }) =>
    [filter, consumer, binding].map((part) => part?.creator ?? null),
  );
  const listed = namespaces.flatMap(({ descriptor }) =>
    descriptor?.dacl.kind === 'list' ? [descriptor.owner, ...descriptor.dacl.aces.map(({ sid }) => sid)] : [],
  );
  const names = new Map<Sid, string | null | undefined>();
  for (const sid of [...creators, ...listed]) {
    if (sid === null || names.has(sid)) continue;
    names.set(sid, sidName(sid) === sid ? await resolve(sid) : sidName(sid));
  }
  return names;
}
