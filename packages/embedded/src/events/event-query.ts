import {
  type CimClass,
  type CimInstance,
  CimType,
  type CompiledCondition,
  checkQuery,
  compileCondition,
  compileProjection,
  findProperty,
  type GroupClause,
  hasQualifier,
  isSchemaQuery,
  isSystemClassName,
  ParseError,
  parseWql,
  type SelectQuery,
  sameName,
  shapeOf,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Namespace } from '../server/namespace.ts';
import { targetClasses } from './target-classes.ts';

/** The classes to enumerate again and again for their instances' events. */
export interface Polling {
  readonly classes: readonly CimClass[];
  readonly intervalMs: number;
}

/** An event query made ready to be asked about one event after the other. */
export interface EventQuery {
  readonly eventClass: CimClass;
  /** null when every event of the class is wanted. */
  readonly holds: CompiledCondition | null;
  readonly project: (event: CimInstance) => CimInstance;
  readonly group: GroupClause | null;
  /** null when nothing has to be polled. */
  readonly polling: Polling | null;
}

/** A provider is asked ten times a second at most, whatever `WITHIN` says. */
const SHORTEST_INTERVAL = 100;

/**
 * Reads an event query and finds out what it takes to answer it.
 * @throws WbemError
 *   `WBEM_E_INVALID_QUERY` for text that is no event query, and for what `checkQuery` refuses,
 *   `WBEM_E_INVALID_CLASS` for an event class, or one after ISA, that there is not,
 *   `WBEM_E_NOT_EVENT_CLASS` for a class that does not derive from `__Event`,
 *   `WBEMESS_E_REGISTRATION_TOO_PRECISE` without WITHIN where instances have to be polled,
 *   `WBEMESS_E_REGISTRATION_TOO_BROAD` for polling without ISA,
 *   `WBEM_E_MISSING_GROUP_WITHIN`, `WBEM_E_MISSING_AGGREGATION_LIST`, `WBEM_E_AGGREGATING_BY_OBJECT`.
 * @see docs/rules.md 5.6
 */
export function compileEventQuery(namespace: Namespace, text: string): EventQuery {
  const query = parseEventQuery(text);
  const eventClass = eventClassOf(namespace, query);
  checkQuery(query, shapeOf(eventClass));
  if (query.group !== null) checkGroup(query.group, eventClass);
  return {
    eventClass,
    holds: query.where === null ? null : compileCondition(query.where, namespace.place),
    project: compileProjection(query.columns),
    group: query.group,
    polling: pollingOf(namespace, query, eventClass),
  };
}

function parseEventQuery(text: string): SelectQuery {
  try {
    const query = parseWql(text);
    if (query.kind === 'select') return query;
  } catch (error) {
    throw error instanceof ParseError ? (groupError(text, error) ?? error) : error;
  }
  throw new WbemError(WbemStatus.WBEM_E_INVALID_QUERY, 'expected a SELECT from an event class');
}

/** What `GROUP` lacks has codes of its own. */
function groupError(text: string, { offset }: ParseError): WbemError | null {
  const before = text.slice(0, offset);
  if (/\bGROUP\s+$/i.test(before) && /^(BY|HAVING)\b/i.test(text.slice(offset)))
    return new WbemError(WbemStatus.WBEM_E_MISSING_GROUP_WITHIN, 'GROUP is followed by WITHIN and seconds');
  if (/\bGROUP\s+WITHIN\s+\d+\s+BY(\s+|$)$/i.test(before))
    return new WbemError(
      WbemStatus.WBEM_E_MISSING_AGGREGATION_LIST,
      'BY is followed by properties of the event',
    );
  return null;
}

function eventClassOf(namespace: Namespace, query: SelectQuery): CimClass {
  const cls = isSchemaQuery(query)
    ? null
    : namespace.schema.get(query.className, WbemStatus.WBEM_E_INVALID_CLASS);
  if (cls !== null && isEventClass(cls)) return cls;
  throw new WbemError(
    WbemStatus.WBEM_E_NOT_EVENT_CLASS,
    `an event query selects from a class below __Event, got ${cls?.className ?? query.className}`,
  );
}

export function isEventClass({ className, derivation }: CimClass): boolean {
  return [className, ...derivation].some((name) => sameName(name, '__Event'));
}

function checkGroup({ by }: GroupClause, eventClass: CimClass): void {
  for (const [name, ...inner] of by) {
    if ([name, ...inner].some(isForeignToGroups))
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_QUERY,
        `of system properties BY takes __CLASS, got ${[name, ...inner].join('.').slice(0, 80)}`,
      );
    const property = findProperty(eventClass, name);
    if (inner.length > 0 || property === undefined) continue;
    if (property.type !== CimType.Object && !property.isArray) continue;
    throw new WbemError(
      WbemStatus.WBEM_E_AGGREGATING_BY_OBJECT,
      `BY takes properties with plain values, got ${property.name}`,
    );
  }
}

function isForeignToGroups(name: string): boolean {
  return isSystemClassName(name) && !sameName(name, '__CLASS');
}

function pollingOf(namespace: Namespace, query: SelectQuery, eventClass: CimClass): Polling | null {
  if (!tellsOfInstances(eventClass)) return null;
  const named = targetClasses(namespace.schema, query.where);
  const classes = Array.from(named ?? namespace.schema.all()).filter(isPolled);
  if (classes.length === 0) return null;
  if (query.within === null)
    throw new WbemError(
      WbemStatus.WBEMESS_E_REGISTRATION_TOO_PRECISE,
      `instances of ${classes[0]!.className} are polled, so that the query needs WITHIN and seconds`,
    );
  if (named === null)
    throw new WbemError(
      WbemStatus.WBEMESS_E_REGISTRATION_TOO_BROAD,
      'a query whose instances are polled names their class: TargetInstance ISA "..."',
    );
  return { classes, intervalMs: Math.max(query.within * 1000, SHORTEST_INTERVAL) };
}

/** `__Event` itself includes instance events, but polls for none: it would poll everything. */
function tellsOfInstances({ className, derivation }: CimClass): boolean {
  return [className, ...derivation].some((name) => sameName(name, '__InstanceOperationEvent'));
}

function isPolled(cls: CimClass): boolean {
  return hasQualifier(cls, 'dynamic') && !hasQualifier(cls, 'abstract');
}
