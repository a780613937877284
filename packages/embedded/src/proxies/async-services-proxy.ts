import type { Principal } from '@wmisec/access';
import {
  type AsyncOptions,
  type AsyncTarget,
  type AsyncWbemServices,
  type CimClass,
  type CimInstance,
  type EnumOptions,
  type PropertyBag,
  type PutOptions,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { AsyncNamespaceServer, AsyncServerCall } from '../sinks/async-namespace-server.ts';
import type { ClientSinks } from '../sinks/client-sinks.ts';
import { withCall } from './call-scope.ts';

type Put = AsyncOptions & Pick<PutOptions, 'mode'>;
type Enumerate = AsyncOptions & Pick<EnumOptions, 'deep'>;

export interface AsyncServicesOptions {
  readonly server: AsyncNamespaceServer;
  readonly sinks: ClientSinks;
  /** The client as calls through the services proxy arrive now. */
  readonly caller: () => Principal;
  /** Of the service and of the connection: with either every call ends. */
  readonly signals: readonly AbortSignal[];
}

/** The asynchronous half of a services proxy, whose blanket its calls carry. */
export class AsyncServicesProxy implements AsyncWbemServices {
  readonly #options: AsyncServicesOptions;
  readonly #server: AsyncNamespaceServer;

  constructor(options: AsyncServicesOptions) {
    this.#options = options;
    this.#server = options.server;
  }

  getObjectAsync(path: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin('getObjectAsync', sink, options, (call) => this.#server.getObject(call, path));
  }

  putClassAsync(object: CimClass, sink: AsyncTarget, options?: Put): Promise<void> {
    const mode = options?.mode ?? 'createOrUpdate';
    return this.#begin('putClassAsync', sink, options, (call) => this.#server.putClass(call, object, mode));
  }

  deleteClassAsync(className: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin('deleteClassAsync', sink, options, (call) =>
      this.#server.deleteClass(call, className),
    );
  }

  createClassEnumAsync(superclass: string | null, sink: AsyncTarget, options?: Enumerate): Promise<void> {
    const deep = options?.deep ?? true;
    return this.#begin('createClassEnumAsync', sink, options, (call) =>
      this.#server.createClassEnum(call, superclass, deep),
    );
  }

  putInstanceAsync(object: CimInstance, sink: AsyncTarget, options?: Put): Promise<void> {
    const mode = options?.mode ?? 'createOrUpdate';
    return this.#begin('putInstanceAsync', sink, options, (call) =>
      this.#server.putInstance(call, object, mode),
    );
  }

  deleteInstanceAsync(path: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin('deleteInstanceAsync', sink, options, (call) =>
      this.#server.deleteInstance(call, path),
    );
  }

  createInstanceEnumAsync(className: string, sink: AsyncTarget, options?: Enumerate): Promise<void> {
    const deep = options?.deep ?? true;
    return this.#begin('createInstanceEnumAsync', sink, options, (call) =>
      this.#server.createInstanceEnum(call, className, deep),
    );
  }

  execQueryAsync(query: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin('execQueryAsync', sink, options, (call) => this.#server.execQuery(call, query));
  }

  execNotificationQueryAsync(query: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin('execNotificationQueryAsync', sink, options, (call) =>
      this.#server.execNotificationQuery(call, query),
    );
  }

  execMethodAsync(
    path: string,
    method: string,
    inParams: PropertyBag,
    sink: AsyncTarget,
    options?: AsyncOptions,
  ): Promise<void> {
    return this.#begin('execMethodAsync', sink, options, (call) =>
      this.#server.execMethod(call, path, method, inParams),
    );
  }

  cancelAsyncCall(sink: AsyncTarget | null): Promise<void> {
    const { sinks, caller, signals } = this.#options;
    return withCall('cancelAsyncCall', caller(), signals, undefined, (call) => {
      if (sinks.calling) throw fromWithinSink();
      this.#server.cancel(call, sinks.targetOf(sink));
    });
  }

  #begin(
    operation: string,
    sink: AsyncTarget,
    { sendStatus = false, context }: AsyncOptions = {},
    run: (call: AsyncServerCall) => void | Promise<void>,
  ): Promise<void> {
    const { sinks, caller, signals } = this.#options;
    return withCall(operation, caller(), signals, { context }, (call) =>
      run({ ...call, target: sinks.targetOf(sink), sendStatus, signals }),
    );
  }
}

function fromWithinSink(): WbemError {
  const message = 'a call cannot be cancelled from within a sink: note it, and cancel from elsewhere';
  return new WbemError(WbemStatus.WBEM_E_INVALID_OPERATION, message);
}
