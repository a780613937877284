import {
  type CimInstance,
  hasQualifier,
  instanceOf,
  type PropertyBag,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { NamespaceSchema } from '../schema/namespace-schema.ts';
import { isEventClass } from './event-query.ts';

/**
 * An event that its publisher makes up.
 * @throws WbemError `WBEM_E_INVALID_CLASS` for a class that there is not, `WBEM_E_NOT_EVENT_CLASS` for one that is
 *   no extrinsic event, `WBEM_E_INVALID_OPERATION` for an abstract one and for the service's own, and what
 *   `instanceOf` throws.
 */
export function extrinsicEvent(
  schema: NamespaceSchema,
  className: string,
  properties: PropertyBag,
): CimInstance {
  const cls = schema.get(className, WbemStatus.WBEM_E_INVALID_CLASS);
  const derivesFrom = (name: string) => cls.derivation.some((each) => sameName(each, name));
  if (!isEventClass(cls))
    throw new WbemError(WbemStatus.WBEM_E_NOT_EVENT_CLASS, `${cls.className} does not derive from __Event`);
  if (hasQualifier(cls, 'abstract') || !derivesFrom('__ExtrinsicEvent') || derivesFrom('__SystemEvent'))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_OPERATION,
      `expected a class of one's own below __ExtrinsicEvent, got ${cls.className}`,
    );
  return instanceOf(cls, properties);
}
