import { type CallOptions, type CimInstance, type WbemServices, WmisecError } from '@wmisec/wbem';
import { differences } from './compare-parts.ts';
import { partReference } from './part-reference.ts';
import { readParts } from './read-parts.ts';
import { type MissingPart, type Subscription, subscriptionOf } from './subscription.ts';
import type { SubscriptionObjects } from './subscription-objects.ts';
import type { Part } from './subscription-parts.ts';
import { takeBack, type Writes, writeTogether } from './write-together.ts';

/** The binding comes last: it is what makes the others count. */
const PARTS = ['consumer', 'filter', 'binding'] as const satisfies readonly MissingPart[];

/**
 * Writes the parts that are missing, reads all back and compares. What else belongs to the change is written with
 * them, the last.
 * @throws WmisecError `SUBSCRIPTION_EXISTS`, `SUBSCRIPTION_NOT_IN_FORCE`, `SUBSCRIPTION_INCOMPLETE`.
 */
export async function placeSubscription(
  services: WbemServices,
  name: string,
  objects: SubscriptionObjects,
  options?: CallOptions,
  besides: Writes['objects'] = [],
): Promise<Subscription> {
  const before = await find(services, name, objects, options);
  requireSame(before, objects);
  if (notInForce(before, objects) === null) return before;
  const kept = new Set([
    ...besides.map(({ path }) => path),
    ...PARTS.filter((part) => before[part] !== null).map((part) => objects[part].path),
  ]);
  const written = [...PARTS.map((part) => objects[part]), ...besides];
  await writeTogether(services, { objects: written, kept, name }, options);
  const after = await find(services, name, objects, options);
  const fault = notInForce(after, objects);
  if (fault === null) return after;
  const error = new WmisecError(
    'SUBSCRIPTION_NOT_IN_FORCE',
    `expected ${JSON.stringify(name)} as it was written, got ${fault}`,
  );
  await takeBack(services, written.map(({ path }) => path).reverse(), { kept, name }, error);
  throw error;
}

/**
 * What there is of exactly these parts.
 * @throws WmisecError `SUBSCRIPTION_EXISTS` when the filter of that name feeds another consumer.
 */
async function find(
  services: WbemServices,
  name: string,
  objects: SubscriptionObjects,
  options?: CallOptions,
): Promise<Subscription> {
  const { filters, consumers, bindings } = await readParts(services, options);
  const { namespace } = services;
  const idOf = (path: string) => partReference(path, namespace)?.id ?? path;
  const filterId = idOf(objects.filter.path);
  const consumerId = idOf(objects.consumer.path);
  const ours = bindings.filter((each) => idOf(each.filter) === filterId);
  const other = ours.find((each) => idOf(each.consumer) !== consumerId);
  if (other !== undefined) throw exists(name, `with the consumer ${other.consumer}`);
  return subscriptionOf(namespace, {
    name,
    filter: filters.find(({ path }) => idOf(path) === filterId) ?? null,
    consumer: consumers.find(({ path }) => idOf(path) === consumerId) ?? null,
    binding: ours[0] ?? null,
  });
}

function requireSame(before: Subscription, objects: SubscriptionObjects): void {
  for (const part of PARTS) {
    const names = differing(before[part], objects[part]);
    if (names.length > 0) throw exists(before.name, `whose ${part} has another ${names.join(' and ')}`);
  }
}

/** Why it does not work as it is wanted; null when it does. */
function notInForce(subscription: Subscription, objects: SubscriptionObjects): string | null {
  const { missing } = subscription;
  if (missing.length > 0) return `no ${missing.join(' and no ')}`;
  for (const part of PARTS) {
    const names = differing(subscription[part], objects[part]);
    if (names.length > 0) return `another ${names.join(' and ')} of the ${part}`;
  }
  const creators = PARTS.map((part) => subscription[part]?.creator ?? null);
  if (creators.every((creator) => creator !== null && creator === creators[0])) return null;
  const words = PARTS.map((part, i) => `${part} by ${creators[i] ?? 'nobody'}`).join(', ');
  return `creators that differ, so that nothing is delivered: ${words}`;
}

function differing(part: Part | null, wanted: CimInstance): string[] {
  return part === null ? [] : differences(part, wanted);
}

function exists(name: string, how: string): WmisecError {
  return new WmisecError(
    'SUBSCRIPTION_EXISTS',
    `expected no other subscription named ${JSON.stringify(name)}, got one ${how}`,
  );
}
