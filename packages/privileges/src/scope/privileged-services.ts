import type { PrivilegeName } from '@wmisec/access';
import { type Native, openNative } from '@wmisec/com-core';
import type {
  AsyncWbemServices,
  Blanket,
  BlanketRequest,
  CallOptions,
  CimClass,
  CimInstance,
  CimObject,
  EnumOptions,
  EnumWbemClassObject,
  GetOptions,
  MethodResult,
  PropertyBag,
  PutOptions,
  SecurableProxy,
  WbemServices,
} from '@wmisec/wbem';
import { CapturedToken } from './captured-token.ts';
import { cloakProxy } from './cloak-proxy.ts';
import { PrivilegedAsyncServices } from './privileged-async-services.ts';
import { type PrivilegedProxiesOptions, withPrivilegedProxies } from './with-privileged-proxies.ts';

/**
 * Services on this machine whose every call carries privileges, asynchronous ones too: token, cloaking and call are
 * made anew each time, as Windows demands. Calls are made one after another. Enumerators keep the privileges, their clones do not. Disposing
 * it disposes the services.
 * @throws every call: PrivilegesMissingError, and what `withPrivilegedProxies` throws.
 * @see docs/rules.md 7.2
 */
export function privilegedServices(
  services: WbemServices,
  names: readonly PrivilegeName[],
  options: PrivilegedProxiesOptions = {},
): WbemServices {
  return new PrivilegedServices(services, names, options.native ?? openNative());
}

class PrivilegedServices implements WbemServices {
  readonly proxyKind = 'services';
  readonly namespace: string;
  readonly async?: AsyncWbemServices;
  readonly #inner: WbemServices;
  readonly #names: readonly PrivilegeName[];
  readonly #native: Native;
  #last: Promise<unknown> = Promise.resolve();

  constructor(inner: WbemServices, names: readonly PrivilegeName[], native: Native) {
    this.#inner = inner;
    this.#names = names;
    this.#native = native;
    this.namespace = inner.namespace;
    if (inner.async !== undefined)
      this.async = new PrivilegedAsyncServices(inner.async, (call) => this.#call(call));
  }

  setBlanket(request: BlanketRequest): void {
    this.#inner.setBlanket(request);
  }

  queryBlanket(): Blanket {
    return this.#inner.queryBlanket();
  }

  async openNamespace(namespace: string, options?: CallOptions): Promise<WbemServices> {
    const opened = await this.#call(() => this.#inner.openNamespace(namespace, options));
    return new PrivilegedServices(opened, this.#names, this.#native);
  }

  getObject(path: string, options?: GetOptions): Promise<CimObject> {
    return this.#call(() => this.#inner.getObject(path, options));
  }

  putClass(object: CimClass, options?: PutOptions): Promise<void> {
    return this.#call(() => this.#inner.putClass(object, options));
  }

  deleteClass(className: string, options?: CallOptions): Promise<void> {
    return this.#call(() => this.#inner.deleteClass(className, options));
  }

  createClassEnum(superclass: string | null, options?: EnumOptions): Promise<EnumWbemClassObject<CimClass>> {
    return this.#rows(() => this.#inner.createClassEnum(superclass, options));
  }

  putInstance(object: CimInstance, options?: PutOptions): Promise<string> {
    return this.#call(() => this.#inner.putInstance(object, options));
  }

  deleteInstance(path: string, options?: CallOptions): Promise<void> {
    return this.#call(() => this.#inner.deleteInstance(path, options));
  }

  createInstanceEnum(className: string, options?: EnumOptions): Promise<EnumWbemClassObject> {
    return this.#rows(() => this.#inner.createInstanceEnum(className, options));
  }

  execQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject<CimObject>> {
    return this.#rows(() => this.#inner.execQuery(query, options));
  }

  execNotificationQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject> {
    return this.#rows(() => this.#inner.execNotificationQuery(query, options));
  }

  execMethod(
    path: string,
    method: string,
    inParams?: PropertyBag,
    options?: CallOptions,
  ): Promise<MethodResult> {
    return this.#call(() => this.#inner.execMethod(path, method, inParams, options));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]();
  }

  /** After the call before, whose end gives the proxy another blanket. */
  #call<R>(call: () => Promise<R>): Promise<R> {
    const made = this.#last.then(() =>
      withPrivilegedProxies(this.#names, [this.#inner], call, { native: this.#native }),
    );
    this.#last = made.catch(() => {});
    return made;
  }

  async #rows<E extends SecurableProxy & AsyncDisposable>(call: () => Promise<E>): Promise<E> {
    const rows = await this.#call(call);
    try {
      using token = CapturedToken.of(this.#native, this.#names);
      cloakProxy(token, rows);
      return rows;
    } catch (error) {
      await rows[Symbol.asyncDispose]();
      throw error;
    }
  }
}
