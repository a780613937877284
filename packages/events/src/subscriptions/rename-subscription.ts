import { type CallOptions, instanceOf, sameName, type WbemServices, WmisecError } from '@wmisec/wbem';
import { getSubscription } from './get-subscription.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { placeSubscription } from './place-subscription.ts';
import { readParts } from './read-parts.ts';
import { brokenRule, requireText } from './refuse.ts';
import { removeSubscription } from './remove-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionConnection } from './subscription-connection.ts';
import {
  assemble,
  classNamed,
  type SubscriptionObjects,
  type WritableInstance,
} from './subscription-objects.ts';
import type { FilterPart } from './subscription-parts.ts';

/** Lets nobody raise events, so that its filter lets none through. @see docs/rules.md 5.10, AC-5.12 */
const NOBODY = 'O:BAG:BAD:';

/**
 * Gives a subscription another name: the new one is installed before the old one is removed, so that no event goes
 * missing. Where the transport writes together, the same write closes the old filter, so that no event comes twice
 * either; elsewhere one that is raised in that moment may. After a crash in between, renaming once more completes it.
 * @returns the new one as it was read back; its parts have the caller as their creator.
 * @throws WbemError `WBEM_E_NOT_FOUND`, `WBEM_E_INVALID_PARAMETER` for a name that is none or an incomplete subscription,
 *   `WBEM_E_ACCESS_DENIED`.
 * @throws WmisecError `SUBSCRIPTION_SHARED` when its parts serve others too; `SUBSCRIPTION_EXISTS`,
 *   `SUBSCRIPTION_NOT_IN_FORCE`, `SUBSCRIPTION_INCOMPLETE`.
 */
export async function renameSubscription(
  connection: SubscriptionConnection,
  from: string,
  to: string,
  options?: CallOptions,
): Promise<Subscription> {
  requireText(to, 'a new name');
  const { services } = connection;
  const old = await getSubscription(connection, from, options);
  if (old.missing.length > 0)
    throw brokenRule(
      `expected a complete subscription to rename, got one without ${old.missing.join(' and ')}`,
    );
  await requireUnshared(connection, old, options);
  const objects = await renamed(services, old, to, options);
  const fresh = await replace(services, old, to, objects, options);
  await removeSubscription(connection, from, options);
  return fresh;
}

/** Installs the new one; the old filter is closed with it, and open again when that fails. */
async function replace(
  services: WbemServices,
  old: Subscription,
  to: string,
  objects: SubscriptionObjects,
  options?: CallOptions,
): Promise<Subscription> {
  if (services.putInstances === undefined) return placeSubscription(services, to, objects, options);
  const closed = await filterWith(services, old, { EventAccess: NOBODY }, options);
  try {
    return await placeSubscription(services, to, objects, options, [closed]);
  } catch (error) {
    if (error instanceof WmisecError && WRITTEN.has(error.code))
      await services.putInstance(await filterWith(services, old, {}, options), options);
    throw error;
  }
}

/** Errors after which something had been written. */
const WRITTEN: ReadonlySet<string> = new Set(['SUBSCRIPTION_NOT_IN_FORCE', 'SUBSCRIPTION_INCOMPLETE']);

async function renamed(
  services: WbemServices,
  { filter, consumer, binding }: Subscription,
  to: string,
  options?: CallOptions,
): Promise<SubscriptionObjects> {
  return assemble(services, to, options, {
    consumerClass: await classNamed(services, consumer!.className, options),
    consumerProperties: ownOf(consumer!.properties),
    filterProperties: {
      ...ownOf(filter!.properties),
      EventAccess: await accessOf(services, filter!, to, options),
    },
    delivery: ownOf(binding!.properties),
  });
}

/** A closed filter is what an interrupted rename leaves; then the new one has kept who may raise the events. */
async function accessOf(
  services: WbemServices,
  { eventAccess }: FilterPart,
  to: string,
  options?: CallOptions,
): Promise<string | null> {
  if (eventAccess !== NOBODY) return eventAccess;
  const { filters } = await readParts(services, options);
  const fresh = filters.find(({ name }) => sameName(name, to));
  return fresh === undefined ? eventAccess : fresh.eventAccess;
}

async function filterWith(
  services: WbemServices,
  { filter }: Subscription,
  changes: Readonly<Record<string, unknown>>,
  options?: CallOptions,
): Promise<WritableInstance> {
  const cls = await classNamed(services, '__EventFilter', options);
  const { path, properties } = filter!;
  return { ...instanceOf(cls, { ...ownOf(properties), ...changes }), path };
}

function ownOf({ CreatorSID, ...properties }: Readonly<Record<string, unknown>>) {
  return properties;
}

async function requireUnshared(
  connection: SubscriptionConnection,
  { name, filter, consumer }: Subscription,
  options?: CallOptions,
): Promise<void> {
  const all = await listSubscriptions(connection, options);
  const users = all.filter(
    (each) => each.consumer?.path === consumer!.path || each.filter?.path === filter!.path,
  );
  if (users.length === 1) return;
  throw new WmisecError(
    'SUBSCRIPTION_SHARED',
    `expected the parts of ${JSON.stringify(name)} to be its own, got ${users.length} subscriptions that use them`,
  );
}
