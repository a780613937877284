import {
  type Com,
  IWbemServices,
  NULL,
  type Ptr,
  readObject,
  type ServedInterface,
  serve,
} from '@wmisec/com-core';
import { type PropertyBag, WbemStatus } from '@wmisec/wbem';
import type { CallPointers } from './incoming-call.ts';
import {
  deleteInstance,
  enumerateInstances,
  execMethod,
  execQuery,
  type GivenObject,
  getObject,
  putInstance,
} from './operations.ts';
import type { Operation } from './provider-calls.ts';

export interface CallIntake {
  /** @returns what the method answers; the rest goes to the sink. */
  begin(operation: string, pointers: CallPointers, run: Operation): number;
  /** @returns how many calls the sink was given to. */
  cancel(sink: Ptr<'IWbemObjectSink'>): number;
}

/**
 * `IWbemServices` as far as WMI calls providers: its asynchronous methods. What came with a call is read before the
 * method returns.
 */
export function serveServices(com: Com, { begin, cancel }: CallIntake): ServedInterface {
  const text = (ptr: Ptr<'BSTR'>) => (ptr === NULL ? '' : com.native.memory.readText(ptr));
  return serve(IWbemServices, {
    GetObjectAsync: (path, _flags, context, sink) =>
      begin('GetObject', { context, sink }, getObject(text(path))),
    CreateInstanceEnumAsync: (name, _flags, context, sink) =>
      begin('CreateInstanceEnum', { context, sink }, enumerateInstances(text(name))),
    ExecQueryAsync: (language, query, _flags, context, sink) =>
      begin('ExecQuery', { context, sink }, execQuery(text(language), text(query))),
    PutInstanceAsync: (object, flags, context, sink) =>
      object === NULL
        ? WbemStatus.WBEM_E_INVALID_PARAMETER
        : begin('PutInstance', { context, sink }, putInstance(givenObject(com, object), flags)),
    DeleteInstanceAsync: (path, _flags, context, sink) =>
      begin('DeleteInstance', { context, sink }, deleteInstance(text(path))),
    ExecMethodAsync: (path, name, _flags, context, input, sink) => {
      const inParams = input === NULL ? {} : givenObject(com, input).properties;
      return begin('ExecMethod', { context, sink }, execMethod(text(path), text(name), inParams));
    },
    CancelAsyncCall: (sink) => {
      if (sink === NULL) return WbemStatus.WBEM_E_INVALID_PARAMETER;
      return cancel(sink) > 0 ? WbemStatus.WBEM_S_NO_ERROR : WbemStatus.WBEM_E_NOT_FOUND;
    },
  });
}

/** @throws WbemError what reading the object throws. */
function givenObject(com: Com, ptr: Ptr<'IWbemClassObject'>): GivenObject {
  const object = readObject(com, ptr);
  if (object.kind === 'instance') return { className: object.shape.className, properties: object.properties };
  const properties: PropertyBag = Object.fromEntries(
    object.properties.map(({ name, value }) => [name, value]),
  );
  return { className: object.className, properties };
}
