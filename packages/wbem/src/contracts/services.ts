import type { CimClass, CimInstance, CimObject } from '../cim/objects.ts';
import type { CimValue, PropertyBag } from '../cim/values.ts';
import type { AsyncWbemServices } from './async-services.ts';
import type { CallOptions, EnumOptions, GetOptions, PutOptions } from './call-options.ts';
import type { EnumWbemClassObject } from './enumerator.ts';
import type { SecurableProxy } from './securable-proxy.ts';

export interface MethodResult {
  readonly returnValue: CimValue;
  readonly outParams: PropertyBag;
}

/**
 * What a connection to a namespace can do, `IWbemServices`, whichever transport carries it. Every method
 * rejects with a WbemError whose `code` is the SDK's name of the status.
 */
export interface WbemServices extends SecurableProxy, AsyncDisposable {
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  /** The semisynchronous calls under way; each has got the blanket of this proxy. Absent for none ever. */
  readonly callResults?: readonly SecurableProxy[];
  /** The same calls with sinks. Absent where a transport has no way back into the client. */
  readonly async?: AsyncWbemServices;
  /**
   * A proxy of the same object with a blanket of its own, which the caller disposes. Absent where a transport
   * cannot copy proxies.
   * @see docs/rules.md 6.1
   */
  copyProxy?(): Promise<WbemServices>;
  /** @param namespace relative to this one: `cimv2`, `sub\sub`. */
  openNamespace(namespace: string, options?: CallOptions): Promise<WbemServices>;
  /** @param path of a class (`Win32_Process`) or an instance (`Win32_Process.Handle="4"`). */
  getObject(path: string, options?: GetOptions): Promise<CimObject>;
  putClass(object: CimClass, options?: PutOptions): Promise<void>;
  deleteClass(className: string, options?: CallOptions): Promise<void>;
  /** @param superclass null for all classes. */
  createClassEnum(superclass: string | null, options?: EnumOptions): Promise<EnumWbemClassObject<CimClass>>;
  /** @returns the relative path of the instance as stored. */
  putInstance(object: CimInstance, options?: PutOptions): Promise<string>;
  /**
   * Writes all of them or none. Absent where a transport cannot.
   * @returns their relative paths as stored, in the order given.
   */
  putInstances?(objects: readonly CimInstance[], options?: PutOptions): Promise<string[]>;
  deleteInstance(path: string, options?: CallOptions): Promise<void>;
  /** Deletes all of them or none. Absent where a transport cannot. */
  deleteInstances?(paths: readonly string[], options?: CallOptions): Promise<void>;
  createInstanceEnum(className: string, options?: EnumOptions): Promise<EnumWbemClassObject>;
  /** @param query WQL: a SELECT, ASSOCIATORS OF or REFERENCES OF. Meta queries give classes. */
  execQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject<CimObject>>;
  /** Semisynchronous: `next` waits for events. Disposing the enumerator ends the subscription. */
  execNotificationQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject>;
  /** @param path of the instance, or of the class for a static method. */
  execMethod(
    path: string,
    method: string,
    inParams?: PropertyBag,
    options?: CallOptions,
  ): Promise<MethodResult>;
}
