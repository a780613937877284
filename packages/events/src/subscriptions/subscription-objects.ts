import {
  type CallOptions,
  type CimClass,
  type CimInstance,
  foldName,
  instanceKeys,
  instanceOf,
  relativePath,
  type WbemServices,
} from '@wmisec/wbem';
import { consumerClassName, consumerProperties } from './consumer-classes.ts';
import { eventAccessText } from './event-access-text.ts';
import { brokenRule } from './refuse.ts';
import { requireCustomClass } from './require-custom-class.ts';
import type { SubscriptionSpec } from './subscription-spec.ts';

/** An instance that is ready to be written. */
export type WritableInstance = CimInstance & { readonly path: string };

/** The three instances of a subscription. */
export interface SubscriptionObjects {
  readonly filter: WritableInstance;
  readonly consumer: WritableInstance;
  readonly binding: WritableInstance;
}

/**
 * Makes the instances from the classes that the namespace has, so that names and types are checked before anything
 * is written. `CreatorSID` stays as the class has it: the service sets it.
 * @throws WbemError `WBEM_E_NOT_FOUND` where the namespace lacks the consumer's class, and what `instanceOf` throws.
 */
export async function subscriptionObjects(
  services: WbemServices,
  spec: SubscriptionSpec,
  options?: CallOptions,
): Promise<SubscriptionObjects> {
  const { name, consumer } = spec;
  const consumerClass = await classNamed(services, consumerClassName(consumer), options);
  const filterProperties = given({
    Query: spec.query,
    QueryLanguage: 'WQL',
    EventAccess: eventAccessText(spec.eventAccess),
    EventNamespace: spec.eventNamespace,
  });
  const delivery = given({
    DeliveryQoS: spec.deliveryQoS,
    MaintainSecurityContext: spec.maintainSecurityContext,
    SlowDownProviders: spec.slowDownProviders,
  });
  requireConsumer(consumerClass);
  if (consumer.kind === 'custom') requireCustomClass(consumerClass.className, consumerClass.derivation);
  return assemble(services, name, options, {
    ...{ consumerClass, consumerProperties: consumerProperties(consumer) },
    ...{ filterProperties, delivery },
  });
}

/** What is absent is left to the class. */
function given(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

interface Properties {
  readonly consumerClass: CimClass;
  readonly consumerProperties: Readonly<Record<string, unknown>>;
  readonly filterProperties: Readonly<Record<string, unknown>>;
  readonly delivery: Readonly<Record<string, unknown>>;
}

/** The instances under a name, which the keys of the properties give way to. */
export async function assemble(
  services: WbemServices,
  name: string,
  options: CallOptions | undefined,
  { consumerClass, consumerProperties, filterProperties, delivery }: Properties,
): Promise<SubscriptionObjects> {
  const filterClass = await classNamed(services, '__EventFilter', options);
  const bindingClass = await classNamed(services, '__FilterToConsumerBinding', options);
  const filter = withPath(filterClass, { ...filterProperties, Name: name });
  const consumer = withPath(consumerClass, { ...consumerProperties, [nameKey(consumerClass)]: name });
  const references = { Filter: filter.path, Consumer: consumer.path };
  return { filter, consumer, binding: withPath(bindingClass, { ...delivery, ...references }) };
}

export async function classNamed(
  services: WbemServices,
  className: string,
  options?: CallOptions,
): Promise<CimClass> {
  const object = await services.getObject(className, options);
  if (object.kind === 'class') return object;
  throw brokenRule(`expected the class ${className}, got an instance`);
}

function withPath(cls: CimClass, properties: Readonly<Record<string, unknown>>): WritableInstance {
  const instance = instanceOf(cls, properties);
  const keys = Object.entries(instanceKeys(instance)).map(([name, value]) => ({ name, value }));
  return { ...instance, path: relativePath(cls.className, keys) };
}

/** The key that takes the subscription's name. */
function nameKey({ className, properties }: CimClass): string {
  const keys = properties.filter(({ isKey }) => isKey).map(({ name }) => name);
  if (keys.length === 1) return keys[0]!;
  throw brokenRule(`expected ${className} to have one key, got ${keys.join(', ') || 'none'}`);
}

function requireConsumer({ className, derivation }: CimClass): void {
  if (!derivation.some((name) => foldName(name) === '__eventconsumer'))
    throw brokenRule(`expected ${className} to derive from __EventConsumer`);
}
