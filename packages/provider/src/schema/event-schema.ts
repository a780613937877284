import { defineClass, eventBaseClasses, type QualifierSpecs } from '@wmisec/wbem';
import type { ClassSchema } from './class-schema.ts';
import type { PropertySpecs } from './schema-spec.ts';
import { described, propertySpecs } from './spelled-specs.ts';

type Nothing = Record<never, never>;

/** A class of extrinsic events. */
export interface EventSchema<P extends PropertySpecs = PropertySpecs> extends ClassSchema<P, Nothing> {
  readonly isEvent: true;
}

export interface EventSchemaSpec<P extends PropertySpecs, Parent> {
  readonly name: string;
  /** For people: becomes the qualifier `Description`. */
  readonly description?: string;
  /** The class to derive from. Default: `__ExtrinsicEvent`. */
  readonly superclass?: Parent;
  readonly qualifiers?: QualifierSpecs;
  readonly properties?: P;
}

/**
 * A class of events for a provider. `SECURITY_DESCRIPTOR` and `TIME_CREATED` are not written: every event has them.
 *
 *     const opened = eventSchema({ name: 'Acme_DoorOpened', properties: { Door: 'uint32' } });
 *
 * @throws WbemError what `defineClass` throws.
 */
export function eventSchema<const P extends PropertySpecs = Nothing, PP extends PropertySpecs = Nothing>(
  spec: EventSchemaSpec<P, EventSchema<PP>>,
): EventSchema<PP & P> {
  const { name, superclass } = spec;
  const cls = defineClass({
    name,
    superclass: superclass?.cls ?? eventBaseClasses.extrinsicEvent,
    qualifiers: described(spec),
    properties: propertySpecs(spec.properties),
  });
  const ancestors = superclass === undefined ? [] : [...superclass.ancestors, superclass.cls];
  return { cls, ancestors, isEvent: true };
}
