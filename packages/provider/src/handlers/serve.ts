import type { ClassSchema } from '../schema/class-schema.ts';
import type { AnyHandlers } from './any-handlers.ts';
import type { Handlers } from './handlers.ts';

/** A class with what serves it. */
export interface ServedClass {
  readonly schema: ClassSchema;
  readonly handlers: AnyHandlers;
}

/** Puts handlers to a class; their types follow from its schema. */
export function serve<S extends ClassSchema>(schema: S, handlers: Handlers<S>): ServedClass {
  return { schema, handlers: handlers as unknown as AnyHandlers };
}
