import { ParseError, type PropertyBag, parseObjectPath } from '@wmisec/wbem';
import type { NamespaceSchema } from '../schema/namespace-schema.ts';
import { invalidPart } from './invalid-part.ts';
import { type PartKind, partKind } from './part-kind.ts';

/** `WMIMSG_FLAG_QOS_SYNCHRONOUS` and `WMIMSG_FLAG_QOS_EXPRESS`. @see docs/rules.md 5.9 */
export const DeliveryQoS = { Synchronous: 0, Express: 1 } as const;

/**
 * What a binding has to be to be stored. What its references name may come later.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a reference to something else than a filter or a consumer, and
 *   for a quality of service that there is not.
 * @see docs/rules.md 5.9
 */
export function checkBinding(row: PropertyBag, schema: NamespaceSchema): void {
  checkReference(row, schema, 'Filter', 'filter');
  checkReference(row, schema, 'Consumer', 'consumer');
  const { DeliveryQoS: qos } = row;
  if (qos === null || qos === DeliveryQoS.Synchronous || qos === DeliveryQoS.Express) return;
  throw invalidPart(`DeliveryQoS: expected 0 for synchronous or 1 for express, got ${String(qos)}`);
}

function checkReference(row: PropertyBag, schema: NamespaceSchema, name: string, kind: PartKind): void {
  const text = row[name];
  // A key that is null is refused with the other keys.
  if (typeof text !== 'string' || isPathTo(schema, text, kind)) return;
  const what = kind === 'filter' ? 'an instance of __EventFilter' : 'an instance below __EventConsumer';
  throw invalidPart(`${name}: expected the path of ${what}, got ${JSON.stringify(text.slice(0, 80))}`);
}

function isPathTo(schema: NamespaceSchema, text: string, kind: PartKind): boolean {
  try {
    const path = parseObjectPath(text);
    if (path.kind !== 'instance') return false;
    const cls = schema.find(path.className);
    return cls === undefined || partKind(cls) === kind;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}
