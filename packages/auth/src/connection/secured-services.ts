import {
  type AsyncWbemServices,
  type Blanket,
  type BlanketRequest,
  type CallOptions,
  type CimClass,
  type CimInstance,
  type CimObject,
  type EnumOptions,
  type EnumWbemClassObject,
  type GetOptions,
  type MethodResult,
  type PropertyBag,
  type PutOptions,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import type { ProxyLedger } from './proxy-ledger.ts';
import { SecuredEnumerator } from './secured-enumerator.ts';

/** A services proxy whose blanket is proven, and that proves every proxy it hands out. */
export class SecuredServices implements WbemServices {
  readonly proxyKind = 'services';
  readonly namespace: string;
  /** Calls of the same proxy, under the blanket that is proven on it. */
  readonly async?: AsyncWbemServices;
  readonly putInstances?: NonNullable<WbemServices['putInstances']>;
  readonly deleteInstances?: NonNullable<WbemServices['deleteInstances']>;
  readonly #inner: WbemServices;
  readonly #ledger: ProxyLedger;

  private constructor(inner: WbemServices, ledger: ProxyLedger) {
    this.#inner = inner;
    this.#ledger = ledger;
    this.namespace = inner.namespace;
    if (inner.async !== undefined) this.async = inner.async;
    const { putInstances, deleteInstances } = inner;
    if (putInstances !== undefined) this.putInstances = putInstances.bind(inner);
    if (deleteInstances !== undefined) this.deleteInstances = deleteInstances.bind(inner);
  }

  static async over(inner: WbemServices, ledger: ProxyLedger): Promise<SecuredServices> {
    return new SecuredServices(await ledger.enter(inner, inner.namespace), ledger);
  }

  setBlanket(request: BlanketRequest): void {
    this.#ledger.change(this.#inner, request);
  }

  queryBlanket(): Blanket {
    return this.#inner.queryBlanket();
  }

  /** @throws WbemError `WBEM_E_NOT_SUPPORTED` where the transport cannot copy proxies. */
  async copyProxy(): Promise<SecuredServices> {
    if (this.#inner.copyProxy === undefined) {
      const message = 'copyProxy: proxies of this transport cannot be copied; connect once more';
      throw new WbemError(WbemStatus.WBEM_E_NOT_SUPPORTED, message, { operation: 'copyProxy' });
    }
    return SecuredServices.over(await this.#inner.copyProxy(), this.#ledger);
  }

  async openNamespace(namespace: string, options?: CallOptions): Promise<WbemServices> {
    return SecuredServices.over(await this.#inner.openNamespace(namespace, options), this.#ledger);
  }

  getObject(path: string, options?: GetOptions): Promise<CimObject> {
    return this.#inner.getObject(path, options);
  }

  putClass(object: CimClass, options?: PutOptions): Promise<void> {
    return this.#inner.putClass(object, options);
  }

  deleteClass(className: string, options?: CallOptions): Promise<void> {
    return this.#inner.deleteClass(className, options);
  }

  async createClassEnum(
    superclass: string | null,
    options?: EnumOptions,
  ): Promise<EnumWbemClassObject<CimClass>> {
    return this.#secured(
      await this.#inner.createClassEnum(superclass, options),
      `classes of ${superclass ?? '*'}`,
    );
  }

  putInstance(object: CimInstance, options?: PutOptions): Promise<string> {
    return this.#inner.putInstance(object, options);
  }

  deleteInstance(path: string, options?: CallOptions): Promise<void> {
    return this.#inner.deleteInstance(path, options);
  }

  async createInstanceEnum(className: string, options?: EnumOptions): Promise<EnumWbemClassObject> {
    return this.#secured(
      await this.#inner.createInstanceEnum(className, options),
      `instances of ${className}`,
    );
  }

  async execQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject<CimObject>> {
    return this.#secured(await this.#inner.execQuery(query, options), query);
  }

  async execNotificationQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject> {
    return this.#secured(await this.#inner.execNotificationQuery(query, options), query);
  }

  execMethod(
    path: string,
    method: string,
    inParams?: PropertyBag,
    options?: CallOptions,
  ): Promise<MethodResult> {
    return this.#inner.execMethod(path, method, inParams, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ledger.leave(this.#inner);
    await this.#inner[Symbol.asyncDispose]();
  }

  #secured<T extends CimObject>(
    inner: EnumWbemClassObject<T>,
    label: string,
  ): Promise<EnumWbemClassObject<T>> {
    return SecuredEnumerator.over(inner, this.#ledger, label);
  }
}
