import { type Com, type ComPointer, IUnknown, IWbemServices, NULL, type Ptr } from '@wmisec/com-core';

/** What WMI gave the provider with `IWbemProviderInit.Initialize`. */
export interface ProviderSession {
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  /** The way back into WMI. */
  readonly services: ComPointer<typeof IWbemServices>;
}

/** @param services borrowed; the session adds its own reference. */
export function openSession(com: Com, namespace: Ptr, services: Ptr<'IWbemServices'>): ProviderSession {
  return {
    namespace: namespace === NULL ? '' : plainNamespace(com.native.memory.readText(namespace)),
    services: addReference(com, IWbemServices, services),
  };
}

/** A reference of our own to an object that is borrowed for a call. */
export function addReference<I extends Parameters<Com['own']>[0]>(
  com: Com,
  table: I,
  ptr: Ptr<I['name']>,
): ComPointer<I> {
  com.native.bind(IUnknown, ptr as Ptr).AddRef();
  return com.own(table, ptr)!;
}

/** Without the server that WMI puts before it. */
function plainNamespace(path: string): string {
  return path.replaceAll('/', '\\').replace(/^\\\\[^\\]*\\/, '');
}
