import type { NamespaceOperation, Principal } from '@wmisec/access';
import {
  type CimClass,
  type CimInstance,
  type PropertyBag,
  WbemError,
  WbemLimits,
  WbemStatus,
} from '@wmisec/wbem';
import type { PutMode } from '../instances/instance-source.ts';
import type { NamespaceServer } from '../server/namespace-server.ts';
import type { Server } from '../server/server.ts';
import type { ServerCall } from '../server/server-call.ts';
import { tokenUser } from '../server/token-user.ts';
import { AsyncCalls } from './async-calls.ts';
import { type AsyncWork, givingNothing, givingObject, givingPath, givingRows } from './async-work.ts';
import { CallbackChannel } from './callback-channel.ts';
import type { CallbackTarget } from './callback-target.ts';
import { outParamsObject } from './out-params-object.ts';

/** A call as it arrives, with the way back. */
export interface AsyncServerCall extends ServerCall {
  readonly target: CallbackTarget;
  readonly sendStatus: boolean;
  /** What ends it, once it has begun. */
  readonly signals: readonly AbortSignal[];
}

/**
 * The service's side of asynchronous calls. Before a call begins, its caller is let in, and what is missing or too
 * long is refused: then the sink stays untouched. All else is for the sink to hear, the rights that writes need too.
 * @see docs/rules.md 14
 */
export class AsyncNamespaceServer {
  readonly #server: Server;
  readonly #namespace: NamespaceServer;
  readonly #calls = new AsyncCalls();

  constructor(server: Server, namespace: NamespaceServer) {
    this.#server = server;
    this.#namespace = namespace;
  }

  getObject(call: AsyncServerCall, path: string): void {
    this.#enter(call, 'getObject');
    requireText('a path', path, WbemLimits.MaxPath);
    this.#begin(call, (later) => givingObject(() => this.#namespace.getObject(later, path)));
  }

  putClass(call: AsyncServerCall, cls: CimClass, mode: PutMode): void {
    this.#enter(call, 'getObject');
    requireObject('a class', cls, 'class');
    this.#begin(call, (later) => givingNothing(() => this.#namespace.putClass(later, cls, mode)));
  }

  deleteClass(call: AsyncServerCall, className: string): void {
    this.#enter(call, 'getObject');
    requireText('the name of a class', className, WbemLimits.MaxPath);
    this.#begin(call, (later) => givingNothing(() => this.#namespace.deleteClass(later, className)));
  }

  createClassEnum(call: AsyncServerCall, superclass: string | null, deep: boolean): void {
    this.#enter(call, 'createClassEnum');
    this.#begin(call, (later) =>
      givingRows(later, () => this.#namespace.createClassEnum(later, superclass, deep)),
    );
  }

  putInstance(call: AsyncServerCall, object: CimInstance, mode: PutMode): void {
    this.#enter(call, 'getObject');
    requireObject('an instance', object, 'instance');
    this.#begin(call, (later) => givingPath(() => this.#namespace.putInstance(later, object, mode)));
  }

  /** A path that does not exist is refused at once, and by it only who may read is told of. */
  async deleteInstance(call: AsyncServerCall, path: string): Promise<void> {
    this.#enter(call, 'getObject');
    requireText('a path', path, WbemLimits.MaxPath);
    await this.#namespace.getObject(call, path);
    this.#begin(call, (later) => givingNothing(() => this.#namespace.deleteInstance(later, path)));
  }

  createInstanceEnum(call: AsyncServerCall, className: string, deep: boolean): void {
    this.#enter(call, 'createInstanceEnum');
    requireText('the name of a class', className, WbemLimits.MaxPath);
    this.#begin(call, (later) =>
      givingRows(later, () => this.#namespace.createInstanceEnum(later, className, deep)),
    );
  }

  execQuery(call: AsyncServerCall, query: string): void {
    this.#enter(call, 'execQuery');
    requireText('a query', query, WbemLimits.MaxQuery);
    this.#begin(call, (later) => givingRows(later, () => this.#namespace.execQuery(later, query)));
  }

  /** Stands at once; only where instances have to be polled the first look comes first. It has no progress to tell. */
  execNotificationQuery(call: AsyncServerCall, query: string): void {
    this.#enter(call, 'execNotificationQuery');
    requireText('a query', query, WbemLimits.MaxQuery);
    this.#begin({ ...call, sendStatus: false }, (later) =>
      givingRows(later, () => this.#namespace.execNotificationQuery(later, query, later.signal)),
    );
  }

  /** Which right it needs hangs on the class, so a path that names none is refused at once. */
  execMethod(call: AsyncServerCall, path: string, name: string, inParams: PropertyBag): void {
    this.#enter(call, 'getObject');
    requireText('a path', path, WbemLimits.MaxPath);
    requireText('the name of a method', name, WbemLimits.MaxIdentifier);
    const { cls } = this.#namespace.admitMethod(call, path, name);
    this.#begin(call, (later) =>
      givingObject(async () =>
        outParamsObject(cls, name, await this.#namespace.execMethod(later, path, name, inParams)),
      ),
    );
  }

  cancel(call: ServerCall, target: CallbackTarget): void {
    this.#server.guard.arrive(call, this.#namespace.path);
    this.#calls.cancel(target);
  }

  #enter(call: ServerCall, operation: NamespaceOperation): void {
    this.#server.guard.admit(call, this.#namespace.path, operation);
  }

  #begin(call: AsyncServerCall, work: (call: ServerCall) => AsyncWork): void {
    const { target, sendStatus, signals, operation, principal, context, signal } = call;
    const { callbacks, impersonation } = this.#server;
    const { account, settings } = callbacks;
    const { path } = this.#namespace;
    const channel = new CallbackChannel(target, account, this.#routeOf(principal, target), settings());
    const options = {
      ...{ call: { operation, principal, context, signal }, target, channel, sendStatus, signals, work },
      onUnreachable: (later: ServerCall, error: unknown) =>
        this.#server.guard.hearCallback(later, path, error),
    };
    const release = target.hold(tokenUser(account.token));
    // Sinks hear of it later, and not as whom its caller impersonates now.
    impersonation.runAsItself(() => this.#calls.begin(options, release));
  }

  #routeOf({ remote, authnService }: Principal, { checked }: CallbackTarget) {
    const encrypted = this.#server.tree.get(this.#namespace.path).requiresEncryption;
    return { remote, authnService, checked, encrypted };
  }
}

function requireText(expected: string, given: unknown, max: number): void {
  if (typeof given !== 'string' || given === '')
    throw new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `expected ${expected}, got none`);
  if (given.length <= max) return;
  const message = `expected ${expected} of ${max} characters at most, got ${given.length}`;
  throw new WbemError(WbemStatus.WBEM_E_QUOTA_VIOLATION, message);
}

function requireObject(expected: string, given: CimClass | CimInstance | null, kind: string): void {
  if (given?.kind === kind) return;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `expected ${expected}, got something else`);
}
