import { setMaxListeners } from 'node:events';
import {
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
import type { NamespaceServer } from '../server/namespace-server.ts';
import type { Rows } from '../server/rows.ts';
import type { ServerCall } from '../server/server-call.ts';
import { AsyncServicesProxy } from './async-services-proxy.ts';
import { withCall } from './call-scope.ts';
import type { ClientProcess } from './client-process.ts';
import { EnumeratorProxy } from './enumerator-proxy.ts';
import { ProxyBlanket } from './proxy-blanket.ts';

/** The client's side of a connection: a proxy with a blanket, which hands out further proxies. */
export class ServicesProxy implements WbemServices {
  readonly proxyKind = 'services';
  readonly async: AsyncServicesProxy;
  readonly #server: NamespaceServer;
  readonly #client: ClientProcess;
  readonly #blanket: ProxyBlanket;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;

  /** @param signal of the service. @param blanket default: what negotiation gives. */
  constructor(
    server: NamespaceServer,
    client: ClientProcess,
    signal: AbortSignal,
    blanket: ProxyBlanket = new ProxyBlanket(client),
  ) {
    this.#server = server;
    this.#client = client;
    this.#blanket = blanket;
    this.#signal = signal;
    setMaxListeners(0, this.#end.signal);
    this.async = new AsyncServicesProxy({
      server: server.async,
      sinks: client.sinks,
      caller: () => blanket.caller(),
      signals: [signal, this.#end.signal],
    });
  }

  get namespace(): string {
    return this.#server.path;
  }

  setBlanket(request: BlanketRequest): void {
    this.#blanket.set(request);
  }

  queryBlanket(): Blanket {
    return this.#blanket.query();
  }

  /** The copy has this proxy's blanket, until either is set anew. */
  async copyProxy(): Promise<WbemServices> {
    return new ServicesProxy(this.#server, this.#client, this.#signal, this.#blanket.copy());
  }

  async openNamespace(namespace: string, options?: CallOptions): Promise<WbemServices> {
    const server = await this.#call('openNamespace', options, (call) =>
      this.#server.openNamespace(call, namespace),
    );
    return new ServicesProxy(server, this.#client, this.#signal);
  }

  getObject(path: string, options?: GetOptions): Promise<CimObject> {
    return this.#call('getObject', options, (call) => this.#server.getObject(call, path));
  }

  putClass(object: CimClass, options?: PutOptions): Promise<void> {
    return this.#call('putClass', options, (call) => this.#server.putClass(call, object, modeOf(options)));
  }

  deleteClass(className: string, options?: CallOptions): Promise<void> {
    return this.#call('deleteClass', options, (call) => this.#server.deleteClass(call, className));
  }

  createClassEnum(superclass: string | null, options?: EnumOptions): Promise<EnumWbemClassObject<CimClass>> {
    return this.#rows('createClassEnum', options, (call) =>
      this.#server.createClassEnum(call, superclass, options?.deep ?? true),
    );
  }

  putInstance(object: CimInstance, options?: PutOptions): Promise<string> {
    return this.#call('putInstance', options, (call) =>
      this.#server.putInstance(call, object, modeOf(options)),
    );
  }

  putInstances(objects: readonly CimInstance[], options?: PutOptions): Promise<string[]> {
    return this.#call('putInstances', options, (call) =>
      this.#server.putInstances(call, objects, modeOf(options)),
    );
  }

  deleteInstance(path: string, options?: CallOptions): Promise<void> {
    return this.#call('deleteInstance', options, (call) => this.#server.deleteInstance(call, path));
  }

  deleteInstances(paths: readonly string[], options?: CallOptions): Promise<void> {
    return this.#call('deleteInstances', options, (call) => this.#server.deleteInstances(call, paths));
  }

  createInstanceEnum(className: string, options?: EnumOptions): Promise<EnumWbemClassObject> {
    return this.#rows('createInstanceEnum', options, (call) =>
      this.#server.createInstanceEnum(call, className, options?.deep ?? true),
    );
  }

  execQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject<CimObject>> {
    return this.#rows('execQuery', options, (call) => this.#server.execQuery(call, query));
  }

  /** The subscription ends with this proxy too. */
  execNotificationQuery(query: string, options?: CallOptions): Promise<EnumWbemClassObject> {
    return this.#rows('execNotificationQuery', options, (call) =>
      this.#server.execNotificationQuery(call, query, this.#end.signal),
    );
  }

  execMethod(
    path: string,
    method: string,
    inParams: PropertyBag = {},
    options?: CallOptions,
  ): Promise<MethodResult> {
    return this.#call('execMethod', options, (call) => this.#server.execMethod(call, path, method, inParams));
  }

  /** Ends the calls in progress. Proxies that came from this one stay open. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new WbemError(WbemStatus.WBEM_E_CALL_CANCELLED, 'the connection is closed'));
  }

  #call<T>(
    operation: string,
    options: CallOptions | undefined,
    run: (call: ServerCall) => T | Promise<T>,
  ): Promise<T> {
    return withCall(operation, this.#blanket.caller(), [this.#signal, this.#end.signal], options, run);
  }

  async #rows<T extends CimObject>(
    operation: string,
    options: CallOptions | undefined,
    open: (call: ServerCall) => Rows<T> | Promise<Rows<T>>,
  ): Promise<EnumWbemClassObject<T>> {
    const rows = await this.#call(operation, options, open);
    return new EnumeratorProxy(rows, this.#client, this.#signal);
  }
}

function modeOf(options: PutOptions | undefined): NonNullable<PutOptions['mode']> {
  return options?.mode ?? 'createOrUpdate';
}
