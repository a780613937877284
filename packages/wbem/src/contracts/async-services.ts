import type { CimClass, CimInstance } from '../cim/objects.ts';
import type { PropertyBag } from '../cim/values.ts';
import type { EnumOptions, GetOptions, PutOptions } from './call-options.ts';
import type { ObjectSink, SinkStub } from './object-sink.ts';

/** A call that was begun ends by `cancelAsyncCall`, or with its connection: there is no signal and no time limit. */
export interface AsyncOptions {
  /** Asks for progress, `WBEM_FLAG_SEND_STATUS`. Default false. */
  readonly sendStatus?: boolean | undefined;
  /** Values for the provider, `IWbemContext`. */
  readonly context?: PropertyBag | undefined;
}

/** Where results go: a stub, or a sink of the client's own process. */
export type AsyncTarget = ObjectSink | SinkStub;

/**
 * The asynchronous half of `IWbemServices`. A method that resolves has begun a call, whose results and one final
 * status go to the sink; one that rejects has begun none, and the sink is untouched. Which errors come which way
 * differs by method (docs/rules.md 14).
 * @see docs/rules.md 3
 */
export interface AsyncWbemServices {
  getObjectAsync(
    path: string,
    sink: AsyncTarget,
    options?: AsyncOptions & Pick<GetOptions, 'amended'>,
  ): Promise<void>;
  putClassAsync(
    object: CimClass,
    sink: AsyncTarget,
    options?: AsyncOptions & Pick<PutOptions, 'mode'>,
  ): Promise<void>;
  deleteClassAsync(className: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void>;
  createClassEnumAsync(
    superclass: string | null,
    sink: AsyncTarget,
    options?: AsyncOptions & Pick<EnumOptions, 'deep'>,
  ): Promise<void>;
  putInstanceAsync(
    object: CimInstance,
    sink: AsyncTarget,
    options?: AsyncOptions & Pick<PutOptions, 'mode'>,
  ): Promise<void>;
  deleteInstanceAsync(path: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void>;
  createInstanceEnumAsync(
    className: string,
    sink: AsyncTarget,
    options?: AsyncOptions & Pick<EnumOptions, 'deep'>,
  ): Promise<void>;
  execQueryAsync(query: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void>;
  /** Goes on until it is cancelled, fails, or its connection is closed. */
  execNotificationQueryAsync(query: string, sink: AsyncTarget, options?: AsyncOptions): Promise<void>;
  /** The sink receives the out-parameters as one object. */
  execMethodAsync(
    path: string,
    method: string,
    inParams: PropertyBag,
    sink: AsyncTarget,
    options?: AsyncOptions,
  ): Promise<void>;
  /**
   * Ends every call that the sink was given to, with one `WBEM_E_CALL_CANCELLED`.
   * @param sink the very one, or the very stub, that the call was given.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for null, `WBEM_E_NOT_FOUND` when nothing is under way,
   *   `WBEM_E_INVALID_OPERATION` from within a sink, where it cancels nothing.
   * @see docs/rules.md 3.7
   */
  cancelAsyncCall(sink: AsyncTarget | null): Promise<void>;
}
