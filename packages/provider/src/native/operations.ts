// What each asynchronous method of `IWbemServices` does for the provider behind it.

import { WbemChangeFlag } from '@wmisec/com-core';
import {
  type CimClass,
  checkQuery,
  hasQualifier,
  instanceOf,
  neededProperties,
  ParseError,
  type PropertyBag,
  parseWql,
  sameName,
  shapeOf,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { IncomingCall } from './incoming-call.ts';
import { keysOfPath, objectPath, pathOfRow, sameInstance } from './instance-keys.ts';
import { inParametersOf, methodOf, outParametersOf } from './method-parameters.ts';
import { indicateRows, instanceOfRow, nativeRows, providedRows } from './provided-rows.ts';
import type { Operation } from './provider-calls.ts';

/** An instance that came with a call, as plain data. */
export interface GivenObject {
  readonly className: string;
  readonly properties: PropertyBag;
}

const EVERYTHING = { properties: null, where: null };

export function enumerateInstances(className: string): Operation {
  return async (call) => {
    await indicateRows(call, call.site.classOf(className), EVERYTHING);
    return null;
  };
}

/** Gives the rows for which the query holds; WMI leaves out the properties that were not asked for. */
export function execQuery(language: string, text: string): Operation {
  return async (call) => {
    if (!sameName(language, 'WQL'))
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_QUERY_TYPE,
        'expected the query language WQL, got another',
      );
    const query = readAs(WbemStatus.WBEM_E_INVALID_QUERY, () => parseWql(text));
    if (query.kind !== 'select')
      throw new WbemError(
        WbemStatus.WBEM_E_PROVIDER_NOT_CAPABLE,
        'the provider selects instances, and nothing else',
      );
    const cls = call.site.classOf(query.className);
    const shape = shapeOf(cls);
    checkQuery(query, shape);
    await indicateRows(call, cls, { properties: neededProperties(query, shape), where: query.where });
    return null;
  };
}

export function getObject(path: string): Operation {
  return async (call) => {
    const { cls, keys } = instanceAt(call, path);
    using objects = nativeRows(call, cls, [instanceOfRow(cls, await existing(call, cls, keys))]);
    call.indicate(objects);
    return null;
  };
}

/** @param flags `WbemChangeFlag`. */
export function putInstance(given: GivenObject, flags: number): Operation {
  return async (call) => {
    const cls = call.site.classOf(given.className);
    const put = call.site.requireMember('putInstance');
    const { properties } = instanceOf(cls, given.properties);
    const path = pathOfRow(cls, properties);
    if (path === null)
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_OBJECT,
        `an instance of ${cls.className} needs a value for each of its keys`,
      );
    await requireMode(call, cls, path, flags);
    await call.provide((provider, request) => put.call(provider, cls.className, properties, request));
    return path;
  };
}

export function deleteInstance(path: string): Operation {
  return async (call) => {
    const { cls, keys } = instanceAt(call, path);
    const remove = call.site.requireMember('deleteInstance');
    await call.provide((provider, request) => remove.call(provider, cls.className, keys, request));
    return null;
  };
}

export function execMethod(path: string, name: string, given: PropertyBag): Operation {
  return async (call) => {
    const parsed = readAs(WbemStatus.WBEM_E_INVALID_OBJECT_PATH, () => objectPath(path));
    const cls = call.site.classOf(parsed.className);
    const method = methodOf(cls, name);
    const exec = call.site.requireMember('execMethod');
    const inParams = inParametersOf(cls, method, given);
    const keys = hasQualifier(method, 'static') ? null : instanceAt(call, path).keys;
    if (keys !== null) await existing(call, cls, keys);
    const result = await call.provide((provider, request) =>
      exec.call(provider, cls.className, keys, method.name, inParams, request),
    );
    const outParams = outParametersOf(cls, method, result);
    using objects = call.objects.outParameters(cls.className, method.name, outParams);
    call.indicate(objects);
    return null;
  };
}

/** What reads text that a client wrote, whose faults are the client's. */
function readAs<T>(status: number, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ParseError) throw new WbemError(status, cause.message, { cause });
    throw cause;
  }
}

function instanceAt(call: IncomingCall, text: string): { cls: CimClass; keys: PropertyBag } {
  const path = readAs(WbemStatus.WBEM_E_INVALID_OBJECT_PATH, () => objectPath(text));
  const cls = call.site.classOf(path.className);
  if (path.kind !== 'class') return { cls, keys: keysOfPath(cls, path) };
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
    `expected the path of an instance of ${cls.className}, got that of the class`,
  );
}

/** @throws WbemError `WBEM_E_NOT_FOUND`. */
async function existing(call: IncomingCall, cls: CimClass, keys: PropertyBag): Promise<PropertyBag> {
  const row = await find(call, cls, keys);
  if (row !== null) return row;
  throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `there is no such instance of ${cls.className}`);
}

/** A provider that can only enumerate is searched. */
async function find(call: IncomingCall, cls: CimClass, keys: PropertyBag): Promise<PropertyBag | null> {
  const { getInstance } = call.site.provider;
  if (getInstance !== undefined)
    return call.provide((provider, request) => getInstance.call(provider, cls.className, keys, request));
  for await (const rows of providedRows(call, cls, EVERYTHING)) {
    const found = rows.find((row) => sameInstance(cls, row, keys));
    if (found !== undefined) return found;
  }
  return null;
}

async function requireMode(call: IncomingCall, cls: CimClass, path: string, flags: number): Promise<void> {
  const { WBEM_FLAG_UPDATE_ONLY, WBEM_FLAG_CREATE_ONLY } = WbemChangeFlag;
  const mode = flags & (WBEM_FLAG_UPDATE_ONLY | WBEM_FLAG_CREATE_ONLY);
  if (mode === 0) return;
  const there = (await find(call, cls, instanceAt(call, path).keys)) !== null;
  if (mode === WBEM_FLAG_CREATE_ONLY && there)
    throw new WbemError(WbemStatus.WBEM_E_ALREADY_EXISTS, `${path} already exists`);
  if (mode === WBEM_FLAG_UPDATE_ONLY && !there)
    throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `there is no ${path}`);
}
