import type { NamespaceOperation } from '@wmisec/access';
import {
  type CimClass,
  type CimInstance,
  type CimObject,
  type MethodResult,
  type PropertyBag,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { EventRows } from '../events/event-rows.ts';
import { methodOperation, writeTarget } from '../gates/guard.ts';
import { type EnumeratePlan, enumerateInstances } from '../instances/enumerate-instances.ts';
import type { PutMode } from '../instances/instance-source.ts';
import type { ObjectBatches } from '../instances/object-batches.ts';
import { childPath } from '../namespaces/namespace-path.ts';
import { deleteClass } from '../operations/delete-class.ts';
import { deleteInstance, type InstanceOfClass } from '../operations/delete-instance.ts';
import { deleteInstances } from '../operations/delete-instances.ts';
import { enumerateClasses } from '../operations/enumerate-classes.ts';
import { execMethod, findMethod } from '../operations/exec-method.ts';
import { planQuery } from '../operations/exec-query.ts';
import { getObject } from '../operations/get-object.ts';
import { parseLocalPath } from '../operations/parse-local-path.ts';
import { putClass } from '../operations/put-class.ts';
import { putInstance } from '../operations/put-instance.ts';
import { checkCount, type InstancePut, putInstances } from '../operations/put-instances.ts';
import { AsyncNamespaceServer } from '../sinks/async-namespace-server.ts';
import type { Namespace } from './namespace.ts';
import { RowServer } from './row-server.ts';
import type { Server } from './server.ts';
import type { ServerCall } from './server-call.ts';

interface ClassAndPath {
  readonly namespace: Namespace;
  readonly cls: CimClass;
  readonly path: ReturnType<typeof parseLocalPath>;
}

/**
 * The service's side of a connection to a namespace. Every call brings its own principal, and the gates judge
 * it before anything is read or done.
 * @see docs/rules.md 0.3, 14
 */
export class NamespaceServer {
  readonly path: string;
  /** The same with sinks. */
  readonly async: AsyncNamespaceServer;
  readonly #server: Server;

  constructor(server: Server, path: string) {
    this.#server = server;
    this.path = path;
    this.async = new AsyncNamespaceServer(server, this);
  }

  openNamespace(call: ServerCall, relative: string): NamespaceServer {
    const path = childPath(this.path, relative);
    this.#server.guard.open(call, this.path, path);
    return new NamespaceServer(this.#server, this.#server.namespace(path).path);
  }

  async getObject(call: ServerCall, path: string): Promise<CimObject> {
    return getObject(this.#enter(call, 'getObject'), path, call);
  }

  async putClass(call: ServerCall, cls: CimClass, mode: PutMode): Promise<void> {
    const namespace = this.#enter(call, 'getObject');
    const stored = namespace.schema.find(cls.className) ?? cls;
    // A class that changes sides needs the rights of both, or who may do one could do the other in two steps.
    for (const target of new Set([writeTarget(stored), writeTarget(cls)]))
      this.#server.guard.admit(call, this.path, 'putClass', target);
    await putClass(namespace, cls, mode);
  }

  async deleteClass(call: ServerCall, className: string): Promise<void> {
    const namespace = this.#enter(call, 'getObject');
    this.#server.guard.admit(call, this.path, 'deleteClass', writeTarget(namespace.schema.get(className)));
    await deleteClass(namespace, className);
  }

  createClassEnum(call: ServerCall, superclass: string | null, deep: boolean): RowServer<CimClass> {
    const namespace = this.#enter(call, 'createClassEnum');
    const below = superclass === null ? null : this.#classFor(namespace, superclass).className;
    return this.#rows(call, () => enumerateClasses(namespace, below, deep));
  }

  async putInstance(call: ServerCall, object: CimInstance, mode: PutMode): Promise<string> {
    const namespace = this.#enter(call, 'getObject');
    const put = this.#admitPut(call, namespace, object);
    return putInstance(namespace, put.cls, put.object, mode, call);
  }

  /** Every gate is passed, for each of them, before anything is written. */
  async putInstances(call: ServerCall, objects: readonly CimInstance[], mode: PutMode): Promise<string[]> {
    const namespace = this.#enter(call, 'getObject');
    checkCount(objects.length);
    const puts = objects.map((object) => this.#admitPut(call, namespace, object));
    return putInstances(namespace, puts, mode);
  }

  async deleteInstance(call: ServerCall, text: string): Promise<void> {
    const namespace = this.#enter(call, 'getObject');
    await deleteInstance(namespace, this.#admitDelete(call, namespace, text), call);
  }

  /** Every gate is passed, for each of them, before anything is deleted. */
  async deleteInstances(call: ServerCall, paths: readonly string[]): Promise<void> {
    const namespace = this.#enter(call, 'getObject');
    checkCount(paths.length);
    const instances = paths.map((text) => this.#admitDelete(call, namespace, text));
    await deleteInstances(namespace, instances);
  }

  createInstanceEnum(call: ServerCall, className: string, deep: boolean): RowServer<CimInstance> {
    const namespace = this.#enter(call, 'createInstanceEnum');
    const cls = this.#classFor(namespace, className);
    const plan: EnumeratePlan = { deep, properties: () => null, holds: null };
    return this.#rows(call, (rowsCall) => enumerateInstances(namespace, cls, plan, rowsCall));
  }

  execQuery(call: ServerCall, query: string): RowServer<CimObject> {
    return this.#rows(call, planQuery(this.#enter(call, 'execQuery'), query));
  }

  /** @param connection what ends the subscription, beside its enumerator and the service. */
  async execNotificationQuery(call: ServerCall, query: string, connection: AbortSignal): Promise<EventRows> {
    const namespace = this.#enter(call, 'execNotificationQuery');
    const admit = (later: ServerCall) => this.#server.guard.admitRows(later, this.path, call.principal);
    const signals = [connection, this.#server.signal];
    const subscriber = { kind: 'temporary' } as const;
    const request = { query, subscriber, call, signals, admit };
    return new EventRows(await this.#server.events.subscribe(namespace, request), admit);
  }

  async execMethod(
    call: ServerCall,
    text: string,
    name: string,
    inParams: PropertyBag,
  ): Promise<MethodResult> {
    const { namespace, cls, path } = this.admitMethod(call, text, name);
    return execMethod(namespace, cls, path, findMethod(cls, name), inParams, call);
  }

  /** Lets a call on to a method, which may not be there. */
  admitMethod(call: ServerCall, text: string, name: string): ClassAndPath {
    const namespace = this.#enter(call, 'getObject');
    const path = parseLocalPath(namespace, text);
    const cls = namespace.schema.get(path.className);
    this.#server.guard.admit(call, this.path, methodOperation(cls, name));
    return { namespace, cls, path };
  }

  /**
   * Passes the gates of an operation, and gives what the namespace holds. Writes and methods read first: what
   * else they need depends on their class, which only who may read is told of.
   */
  #enter(call: ServerCall, operation: NamespaceOperation): Namespace {
    this.#server.guard.admit(call, this.path, operation);
    return this.#server.namespace(this.path);
  }

  /** @returns the instance with what the service alone decides of it. */
  #admitPut(call: ServerCall, namespace: Namespace, object: CimInstance): InstancePut {
    const cls = this.#classFor(namespace, object.shape.className);
    this.#server.guard.admit(call, this.path, 'putInstance', writeTarget(cls));
    return { cls, object: this.#server.subscriptions.written(namespace, cls, object, call.principal) };
  }

  #admitDelete(call: ServerCall, namespace: Namespace, text: string): InstanceOfClass {
    const path = parseLocalPath(namespace, text);
    if (path.kind === 'class')
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
        `${call.operation}: expected the path of an instance, got the class ${path.className}`,
      );
    const cls = namespace.schema.get(path.className);
    this.#server.guard.admit(call, this.path, 'deleteInstance', writeTarget(cls));
    return { cls, path };
  }

  #classFor({ schema }: Namespace, className: string): CimClass {
    return schema.get(className, WbemStatus.WBEM_E_INVALID_CLASS);
  }

  #rows<T extends CimObject>(call: ServerCall, open: (call: ServerCall) => ObjectBatches<T>): RowServer<T> {
    return new RowServer({
      owner: call.principal,
      open: (signal) => open({ ...call, signal }),
      admit: (later, owner) => this.#server.guard.admitRows(later, this.path, owner),
      signal: this.#server.signal,
    });
  }
}
