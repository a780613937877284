import {
  type CimClass,
  type CimMethod,
  type CimParameter,
  checkValue,
  foldName,
  hasQualifier,
  type MethodResult,
  type ObjectPath,
  type PropertyBag,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { keysOfPath } from '../instances/instance-path.ts';
import type { Namespace } from '../server/namespace.ts';
import type { ServerCall } from '../server/server-call.ts';
import { getInstance } from './get-object.ts';

/**
 * The method of that name, in any case.
 * @throws WbemError `WBEM_E_INVALID_METHOD` when the class has none, `WBEM_E_METHOD_DISABLED` when it is disabled.
 */
export function findMethod(cls: CimClass, name: string): CimMethod {
  const method = cls.methods.find((m) => sameName(m.name, name));
  if (method === undefined)
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_METHOD,
      `${cls.className} has no method ${JSON.stringify(name.slice(0, 80))}`,
    );
  if (!hasQualifier(method, 'disabled')) return method;
  throw new WbemError(WbemStatus.WBEM_E_METHOD_DISABLED, `${cls.className}.${method.name} is disabled`);
}

/**
 * Calls a method on the instance or class that a path names.
 * @throws WbemError
 *   `WBEM_E_INVALID_METHOD` for an instance method called on a class,
 *   `WBEM_E_INVALID_METHOD_PARAMETERS` for parameters that the method does not take,
 *   `WBEM_E_NOT_FOUND` when there is no such instance.
 */
export async function execMethod(
  namespace: Namespace,
  cls: CimClass,
  path: Exclude<ObjectPath, { kind: 'namespace' }>,
  method: CimMethod,
  inParams: PropertyBag,
  call: ServerCall,
): Promise<MethodResult> {
  const given = checkInParams(cls, method, inParams);
  if (path.kind === 'class' || hasQualifier(method, 'static')) {
    requireStatic(cls, method);
    return namespace.sourceOf(cls).execMethod(cls, null, method.name, given, call);
  }
  const { shape } = await getInstance(namespace, cls, path, call);
  const actual = namespace.schema.get(shape.className);
  const keys = keysOfPath(actual, path);
  return namespace.sourceOf(actual).execMethod(actual, keys, method.name, given, call);
}

function requireStatic(cls: CimClass, method: CimMethod): void {
  if (hasQualifier(method, 'static')) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_METHOD,
    `${cls.className}.${method.name} is called on an instance, got the class`,
  );
}

/** Every parameter in its declared case and type, with its default where none is given. */
function checkInParams(cls: CimClass, method: CimMethod, given: PropertyBag): PropertyBag {
  const name = `${cls.className}.${method.name}`;
  const values = new Map(Object.entries(given).map(([key, value]) => [foldName(key), value]));
  const checked = method.inParams.map((parameter) => {
    const value = values.get(foldName(parameter.name));
    values.delete(foldName(parameter.name));
    return [parameter.name, value === undefined ? parameter.value : parameterValue(name, parameter, value)];
  });
  const [unknown] = values.keys();
  if (unknown === undefined) return Object.fromEntries(checked);
  throw badParameters(`${name} has no parameter ${JSON.stringify(unknown.slice(0, 80))}`);
}

function parameterValue(method: string, { name, type, isArray }: CimParameter, value: unknown) {
  try {
    return checkValue(type, isArray, value);
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw badParameters(`${method}: ${name}: ${cause.message}`, cause);
  }
}

function badParameters(message: string, cause?: unknown): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS, message, { cause });
}
