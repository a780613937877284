import {
  type AsyncOptions,
  type AsyncTarget,
  type AsyncWbemServices,
  type CimClass,
  type CimInstance,
  type EnumOptions,
  type GetOptions,
  type PropertyBag,
  type PutOptions,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { CallOutcome } from '../calls/thread-task.ts';
import { WbemFlag } from '../raw/constants.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { amendedFlag, changeFlag, depthFlag } from '../services/option-flags.ts';
import type { ServiceCall } from '../services/service-call.ts';
import type { ServiceCalls } from '../services/service-calls.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { isListening, targetOf } from './sink-target.ts';

interface AsyncCall {
  readonly operation: string;
  readonly sink: AsyncTarget;
  readonly options: AsyncOptions | undefined;
}

type Send = (call: ServiceCall, flags: number, sink: Ptr<'IWbemObjectSink'>) => Promise<CallOutcome>;

/**
 * The asynchronous calls on a native `IWbemServices`. What can wait for a sink goes through the call threads: on
 * this one it would wait for itself.
 * @see docs/rules.md 3.7
 */
export class NativeAsyncServices implements AsyncWbemServices {
  readonly #service: ServiceCalls;
  readonly #underWay = new CallsUnderWay();

  constructor(service: ServiceCalls) {
    this.#service = service;
  }

  getObjectAsync(
    path: string,
    sink: AsyncTarget,
    options: AsyncOptions & Pick<GetOptions, 'amended'> = {},
  ): Promise<void> {
    return this.#begin({ operation: 'getObjectAsync', sink, options }, (call, flags, to) =>
      this.#pointer.send('GetObjectAsync', call.text(path), flags | amendedFlag(options), call.context, to),
    );
  }

  putClassAsync(
    object: CimClass,
    sink: AsyncTarget,
    options: AsyncOptions & Pick<PutOptions, 'mode'> = {},
  ): Promise<void> {
    return this.#begin({ operation: 'putClassAsync', sink, options }, async (call, flags, to) => {
      const made = await this.#service.writer(call).class(object);
      return this.#pointer.send('PutClassAsync', made.ptr, flags | changeFlag(options), call.context, to);
    });
  }

  deleteClassAsync(className: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin({ operation: 'deleteClassAsync', sink, options }, (call, flags, to) =>
      this.#pointer.send('DeleteClassAsync', call.text(className), flags, call.context, to),
    );
  }

  createClassEnumAsync(
    superclass: string | null,
    sink: AsyncTarget,
    options: AsyncOptions & Pick<EnumOptions, 'deep'> = {},
  ): Promise<void> {
    return this.#begin({ operation: 'createClassEnumAsync', sink, options }, (call, flags, to) => {
      const name = call.text(superclass ?? '');
      return this.#pointer.send('CreateClassEnumAsync', name, flags | depthFlag(options), call.context, to);
    });
  }

  putInstanceAsync(
    object: CimInstance,
    sink: AsyncTarget,
    options: AsyncOptions & Pick<PutOptions, 'mode'> = {},
  ): Promise<void> {
    return this.#begin({ operation: 'putInstanceAsync', sink, options }, async (call, flags, to) => {
      const made = await this.#service.writer(call).instance(object);
      return this.#pointer.send('PutInstanceAsync', made.ptr, flags | changeFlag(options), call.context, to);
    });
  }

  deleteInstanceAsync(path: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin({ operation: 'deleteInstanceAsync', sink, options }, (call, flags, to) =>
      this.#pointer.send('DeleteInstanceAsync', call.text(path), flags, call.context, to),
    );
  }

  createInstanceEnumAsync(
    className: string,
    sink: AsyncTarget,
    options: AsyncOptions & Pick<EnumOptions, 'deep'> = {},
  ): Promise<void> {
    return this.#begin({ operation: 'createInstanceEnumAsync', sink, options }, (call, flags, to) => {
      const name = call.text(className);
      return this.#pointer.send(
        'CreateInstanceEnumAsync',
        name,
        flags | depthFlag(options),
        call.context,
        to,
      );
    });
  }

  execQueryAsync(query: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin({ operation: 'execQueryAsync', sink, options }, (call, flags, to) =>
      this.#pointer.send('ExecQueryAsync', call.text('WQL'), call.text(query), flags, call.context, to),
    );
  }

  execNotificationQueryAsync(query: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void> {
    return this.#begin({ operation: 'execNotificationQueryAsync', sink, options }, (call, flags, to) => {
      const [language, text] = [call.text('WQL'), call.text(query)];
      return this.#pointer.send('ExecNotificationQueryAsync', language, text, flags, call.context, to);
    });
  }

  execMethodAsync(
    path: string,
    method: string,
    inParams: PropertyBag,
    sink: AsyncTarget,
    options?: AsyncOptions,
  ): Promise<void> {
    return this.#begin({ operation: 'execMethodAsync', sink, options }, async (call, flags, to) => {
      const input = (await this.#service.inParams(call, path, method, inParams))?.ptr ?? NULL;
      const [object, name] = [call.text(path), call.text(method)];
      return this.#pointer.send('ExecMethodAsync', object, name, flags, call.context, input, to);
    });
  }

  /**
   * Whether anything is under way is for the service to say, unless the sink has been told every end: then its call may
   * still be on its way out of the service, and cannot be cancelled any more.
   * @throws WbemError `WBEM_E_INVALID_OPERATION` inside a method of a sink.
   */
  async cancelAsyncCall(sink: AsyncTarget | null): Promise<void> {
    const { com } = this.#service;
    const refuse = (status: number, message: string) => {
      throw new WbemError(status, message, { operation: 'cancelAsyncCall' });
    };
    if (sink === null) return refuse(WbemStatus.WBEM_E_INVALID_PARAMETER, 'expected a sink, got null');
    if (com.sinks.serving)
      return refuse(WbemStatus.WBEM_E_INVALID_OPERATION, 'a call cannot be cancelled from inside a sink');
    if (!isListening(com, sink))
      return refuse(WbemStatus.WBEM_E_NOT_FOUND, 'nothing is under way for this sink');
    await this.#service.run('cancelAsyncCall', {}, async () => {
      com.check(await this.#cancel(sink), 'cancelAsyncCall');
    });
  }

  /** Cancels what is under way, and tells each sink the end that it has not been told. */
  async end(): Promise<void> {
    for (const sink of this.#underWay.sinks())
      if (isListening(this.#service.com, sink)) await this.#cancel(sink);
    this.#underWay.end(WbemStatus.WBEM_E_CALL_CANCELLED);
  }

  get #pointer() {
    return this.#service.pointer;
  }

  async #cancel(sink: AsyncTarget): Promise<CallOutcome> {
    using target = targetOf(this.#service.com, sink);
    return await this.#pointer.send('CancelAsyncCall', target.ptr);
  }

  #begin({ operation, sink, options = {} }: AsyncCall, send: Send): Promise<void> {
    const { com } = this.#service;
    const flags = options.sendStatus ? WbemFlag.WBEM_FLAG_SEND_STATUS : 0;
    return this.#service.run(operation, { context: options.context }, async (call) => {
      using target = targetOf(com, sink);
      const begun = target.begin();
      try {
        com.check(await send(call, flags, target.ptr), operation);
      } catch (error) {
        begun.drop();
        throw error;
      }
      this.#underWay.add(sink, begun);
    });
  }
}
