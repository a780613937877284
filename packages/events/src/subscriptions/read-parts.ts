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
import type { BindingPart, ConsumerPart, FilterPart, Part, SubscriptionParts } from './subscription-parts.ts';

/** Reads the parts that the namespace of `services` has. @throws WbemError `WBEM_E_ACCESS_DENIED` and the like. */
export async function readParts(services: WbemServices, options?: CallOptions): Promise<SubscriptionParts> {
  const all = async <T>(className: string, partOf: (instance: CimInstance) => T): Promise<T[]> => {
    const parts: T[] = [];
    await using rows = await services.createInstanceEnum(className, options);
    for (let done = false; !done; ) {
      const batch = await rows.next(BATCH, options);
      parts.push(...batch.objects.map(partOf));
      done = batch.done;
    }
    return parts;
  };
  return {
    filters: await all('__EventFilter', filterPart),
    consumers: await all('__EventConsumer', consumerPart),
    bindings: await all('__FilterToConsumerBinding', bindingPart),
  };
}

const BATCH = 100;

function filterPart(instance: CimInstance): FilterPart {
  const { properties } = instance;
  return {
    ...partOf(instance),
    name: textOf(properties['Name']) ?? '',
    query: textOf(properties['Query']) ?? '',
    eventNamespace: textOf(properties['EventNamespace']),
    eventAccess: textOf(properties['EventAccess']),
  };
}

function consumerPart(instance: CimInstance): ConsumerPart {
  const { className } = instance.shape;
  const [key] = Object.values(instanceKeys(instance));
  const part = partOf(instance);
  return {
    ...part,
    name: textOf(instance.properties['Name']) ?? textOf(key) ?? part.path,
    className,
    kind: consumerKind(className),
  };
}

function bindingPart(instance: CimInstance): BindingPart {
  const { properties } = instance;
  return {
    ...partOf(instance),
    filter: textOf(properties['Filter']) ?? '',
    consumer: textOf(properties['Consumer']) ?? '',
  };
}

function partOf(instance: CimInstance): Part {
  const { shape, path, properties } = instance;
  const keys = Object.entries(instanceKeys(instance)).map(([name, value]) => ({ name, value }));
  return {
    path: path ?? relativePath(shape.className, keys),
    creator: sidOf(properties['CreatorSID']),
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
