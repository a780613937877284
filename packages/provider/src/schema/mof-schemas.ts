import {
  type CimClass,
  compileMof,
  eventBaseClasses,
  foldName,
  parseMof,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { AnyHandlers } from '../handlers/any-handlers.ts';
import type { ServedClass } from '../handlers/serve.ts';
import type { ClassSchema } from './class-schema.ts';
import type { EventSchema } from './event-schema.ts';

/** What MOF declares, by class name in declared case. */
export interface MofSchemas {
  readonly classes: Readonly<Record<string, ClassSchema>>;
  readonly events: Readonly<Record<string, EventSchema>>;
}

/**
 * The classes that MOF text declares, for `serveUntyped`; instances, pragmas and qualifier declarations are passed over.
 * @throws ParseError with line and column.
 * @throws WbemError `WBEM_E_INVALID_SUPERCLASS` for a class whose parent is neither in the text nor a base class of
 *   events, and what `compileMof` throws.
 */
export function mofSchemas(text: string): MofSchemas {
  const document = parseMof(text);
  const declared = { items: document.items.filter(({ kind }) => kind === 'class' || kind === 'qualifier') };
  const known = new Map<string, CimClass>();
  for (const statement of compileMof(declared, { resolveClass: baseClass }))
    if (statement.kind === 'putClass') known.set(foldName(statement.cls.className), statement.cls);
  const classes: Record<string, ClassSchema> = {};
  const events: Record<string, EventSchema> = {};
  for (const cls of known.values()) {
    const schema = { cls, ancestors: ancestorsOf(cls, known) };
    if (cls.derivation.includes('__ExtrinsicEvent')) events[cls.className] = { ...schema, isEvent: true };
    else classes[cls.className] = schema;
  }
  return { classes, events };
}

/** Puts handlers to a class whose types nobody knows before it runs. @see serve */
export function serveUntyped(schema: ClassSchema | undefined, handlers: AnyHandlers): ServedClass {
  if (schema !== undefined) return { schema, handlers };
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_CLASS,
    'serveUntyped: expected a class that the MOF declares, got none',
  );
}

function ancestorsOf({ derivation }: CimClass, known: ReadonlyMap<string, CimClass>): CimClass[] {
  return derivation
    .map((name) => known.get(foldName(name)))
    .filter((cls) => cls !== undefined)
    .reverse();
}

function baseClass(name: string): CimClass | undefined {
  return Object.values(eventBaseClasses).find(({ className }) => sameName(className, name));
}
