import { decodeSid, type Sid } from '@wmisec/access';
import {
  type CallOptions,
  type CimInstance,
  type CimValue,
  instanceKeys,
  ParseError,
  relativePath,
  type WbemServices,
} from '@wmisec/wbem';
import { consumerKind } from './consumer-classes.ts';
import { propertyOf } from './property-of.ts';
import { readInstances } from './read-instances.ts';
import type { BindingPart, ConsumerPart, FilterPart, Part, SubscriptionParts } from './subscription-parts.ts';

/** Reads the parts that the namespace of `services` has. @throws WbemError `WBEM_E_ACCESS_DENIED` and the like. */
export async function readParts(services: WbemServices, options?: CallOptions): Promise<SubscriptionParts> {
  const { namespace } = services;
  const all = async <T>(className: string, partOf: (namespace: string, instance: CimInstance) => T) =>
    (await readInstances(services, className, options)).map((instance) => partOf(namespace, instance));
  return {
    namespace,
    filters: await all('__EventFilter', filterPart),
    consumers: await all('__EventConsumer', consumerPart),
    bindings: await all('__FilterToConsumerBinding', bindingPart),
  };
}

export function filterPart(namespace: string, instance: CimInstance): FilterPart {
  const { properties } = instance;
  return {
    ...partOf(namespace, instance),
    name: textOf(propertyOf(properties, 'Name')) ?? '',
    query: textOf(propertyOf(properties, 'Query')) ?? '',
    eventNamespace: textOf(propertyOf(properties, 'EventNamespace')),
    eventAccess: textOf(propertyOf(properties, 'EventAccess')),
  };
}

export function consumerPart(namespace: string, instance: CimInstance): ConsumerPart {
  const { className, derivation } = instance.shape;
  const [key] = Object.values(instanceKeys(instance));
  const part = partOf(namespace, instance);
  return {
    ...part,
    name: textOf(propertyOf(instance.properties, 'Name')) ?? textOf(key) ?? part.path,
    className,
    kind: consumerKind([className, ...derivation]),
  };
}

export function bindingPart(namespace: string, instance: CimInstance): BindingPart {
  const { properties } = instance;
  return {
    ...partOf(namespace, instance),
    filter: textOf(propertyOf(properties, 'Filter')) ?? '',
    consumer: textOf(propertyOf(properties, 'Consumer')) ?? '',
  };
}

function partOf(namespace: string, instance: CimInstance): Part {
  const { shape, path, properties } = instance;
  const keys = Object.entries(instanceKeys(instance)).map(([name, value]) => ({ name, value }));
  return {
    namespace,
    path: path ?? relativePath(shape.className, keys),
    creator: sidOf(propertyOf(properties, 'CreatorSID')),
    properties,
  };
}

function textOf(value: CimValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function sidOf(value: CimValue | undefined): Sid | null {
  if (!Array.isArray(value)) return null;
  try {
    return decodeSid(Uint8Array.from(value as readonly number[]));
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
