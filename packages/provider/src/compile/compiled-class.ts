import { type PreparedDescriptor, readPrivileges } from '@wmisec/access';
import { type CimClass, qualifier } from '@wmisec/wbem';
import type { Descriptors } from '../caller/descriptors.ts';
import type { AnyHandlers } from '../handlers/any-handlers.ts';
import type { ServedClass } from '../handlers/serve.ts';

/** A class made ready to be served. */
export interface CompiledClass {
  readonly cls: CimClass;
  /** Its own and those above it, nearest first. */
  readonly lineage: readonly CimClass[];
  readonly handlers: AnyHandlers;
  readonly security: PreparedDescriptor;
  /** Properties that only callers with privileges may read, which are few. */
  readonly guarded: readonly string[];
}

/** @param security of the definition, for a class without one. */
export function compileClass(
  provider: string,
  { schema, handlers }: ServedClass,
  security: PreparedDescriptor,
  descriptors: Descriptors,
): CompiledClass {
  const cls = dynamicClass(provider, schema.cls);
  const lineage = [cls, ...schema.ancestors.toReversed()];
  return {
    cls,
    lineage,
    handlers,
    security:
      handlers.security === undefined ? security : descriptors.prepare({ descriptor: handlers.security }),
    guarded: cls.properties
      .map(({ name }) => name)
      .filter((name) => readPrivileges(lineage, name).length > 0),
  };
}

function dynamicClass(provider: string, cls: CimClass): CimClass {
  const own = cls.qualifiers.filter(({ name }) => !/^(dynamic|provider)$/i.test(name));
  return { ...cls, qualifiers: [qualifier('dynamic'), qualifier('provider', provider), ...own] };
}
