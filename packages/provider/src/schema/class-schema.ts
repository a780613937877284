import { type CimClass, defineClass, type QualifierSpecs } from '@wmisec/wbem';
import type { MethodSpecs, PropertySpecs } from './schema-spec.ts';
import { described, methodSpecs, propertySpecs } from './spelled-specs.ts';

type Nothing = Record<never, never>;

/** A class as handlers are typed by it. Plain data; one schema serves any number of definitions. */
export interface ClassSchema<P extends PropertySpecs = PropertySpecs, M extends MethodSpecs = MethodSpecs> {
  readonly cls: CimClass;
  /** The classes above it that its provider brings, parents first. */
  readonly ancestors: readonly CimClass[];
  /** What the types of handlers are made from; there is no value behind it. */
  readonly types?: { readonly properties: P; readonly methods: M };
}

export interface ClassSchemaSpec<P extends PropertySpecs, M extends MethodSpecs, Parent> {
  readonly name: string;
  /** For people: becomes the qualifier `Description`. */
  readonly description?: string;
  /** The class to derive from. Default: none. */
  readonly superclass?: Parent;
  readonly qualifiers?: QualifierSpecs;
  readonly properties?: P;
  readonly methods?: M;
}

/**
 * A class for a provider, from whose words the types of its handlers follow.
 *
 *     const door = classSchema({
 *       name: 'Acme_Door',
 *       description: 'A door of the building.',
 *       properties: { Id: { type: 'uint32', key: true }, Open: 'boolean' },
 *       methods: { Lock: { in: { Code: 'string' }, returns: 'uint32', privileges: ['SeSecurityPrivilege'] } },
 *     });
 *
 * @throws WbemError what `defineClass` throws.
 */
export function classSchema<
  const P extends PropertySpecs = Nothing,
  const M extends MethodSpecs = Nothing,
  PP extends PropertySpecs = Nothing,
  PM extends MethodSpecs = Nothing,
>(spec: ClassSchemaSpec<P, M, ClassSchema<PP, PM>>): ClassSchema<PP & P, PM & M> {
  const { name, superclass } = spec;
  const cls = defineClass({
    name,
    superclass: superclass?.cls ?? null,
    qualifiers: described(spec),
    properties: propertySpecs(spec.properties),
    methods: methodSpecs(spec.methods),
  });
  const ancestors = superclass === undefined ? [] : [...superclass.ancestors, superclass.cls];
  return { cls, ancestors };
}
