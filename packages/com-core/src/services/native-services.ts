import type {
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
import { NativeAsyncServices } from '../async/native-async-services.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { ObjectView } from '../objects/object-view.ts';
import { readObject } from '../objects/read-object.ts';
import { WbemFlag } from '../raw/constants.ts';
import { IEnumWbemClassObject, IWbemClassObject, IWbemServices } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { NativeEnumerator } from './native-enumerator.ts';
import { NativeProxy } from './native-proxy.ts';
import { amendedFlag, changeFlag, depthFlag } from './option-flags.ts';
import type { Answer, ServiceCall } from './service-call.ts';
import { present, ServiceCalls } from './service-calls.ts';

export interface CallForms {
  /**
   * Waits for calls in slices through an `IWbemCallResult`, so that they can be cancelled at once. Default
   * true; false makes each call in one piece.
   */
  readonly semisynchronous?: boolean;
  /**
   * Lets the service drop rows that were fetched; `reset` and `clone` are then refused. Default true.
   */
  readonly forwardOnly?: boolean;
}

const ENUM_ANSWER = { table: IEnumWbemClassObject } as const;
const OBJECT_ANSWER: Answer<typeof IWbemClassObject> = { table: IWbemClassObject, take: 'GetResultObject' };
const SERVICES_ANSWER: Answer<typeof IWbemServices> = { table: IWbemServices, take: 'GetResultServices' };

/** A native `IWbemServices`. */
export class NativeServices extends NativeProxy<typeof IWbemServices> implements WbemServices {
  readonly proxyKind = 'services';
  readonly namespace: string;
  readonly async: NativeAsyncServices;
  readonly #forms: CallForms;
  readonly #service: ServiceCalls;

  /** Takes the reference over. */
  constructor(com: Com, pointer: ComPointer<typeof IWbemServices>, namespace: string, forms: CallForms = {}) {
    super(com, pointer);
    this.namespace = namespace;
    this.#forms = forms;
    const { semisynchronous = true } = forms;
    this.#service = new ServiceCalls({ com, services: this, pointer, open: this.calls, semisynchronous });
    this.async = new NativeAsyncServices(this.#service);
  }

  get callResults(): readonly SecurableProxy[] {
    return this.#service.callResults;
  }

  /** @throws WbemError what `CoCopyProxy` answers, `E_NOINTERFACE` for an object that is no proxy. */
  async copyProxy(): Promise<NativeServices> {
    return new NativeServices(this.com, this.copyPointer(IWbemServices), this.namespace, this.#forms);
  }

  openNamespace(namespace: string, options: CallOptions = {}): Promise<WbemServices> {
    return this.#service.run<WbemServices>(
      'openNamespace',
      options,
      async (call) => {
        const opened = await call.invoke(SERVICES_ANSWER, (out, result) =>
          this.pointer.send('OpenNamespace', call.text(namespace), call.flags, call.context, out, result),
        );
        return new NativeServices(this.com, present(opened), `${this.namespace}\\${namespace}`, this.#forms);
      },
      (opened) => opened[Symbol.asyncDispose](),
    );
  }

  getObject(path: string, options: GetOptions = {}): Promise<CimObject> {
    return this.#service.run('getObject', options, async (call) => {
      const object = await this.#service.fetch(call, path, amendedFlag(options));
      return readObject(this.com, object.ptr);
    });
  }

  putClass(object: CimClass, options: PutOptions = {}): Promise<void> {
    return this.#service.run('putClass', options, async (call) => {
      const made = await this.#service.writer(call).class(object);
      const flags = call.flags | changeFlag(options);
      await call.invoke(null, (_, result) =>
        this.pointer.send('PutClass', made.ptr, flags, call.context, result),
      );
    });
  }

  deleteClass(className: string, options: CallOptions = {}): Promise<void> {
    return this.#service.run('deleteClass', options, async (call) => {
      await call.invoke(null, (_, result) =>
        this.pointer.send('DeleteClass', call.text(className), call.flags, call.context, result),
      );
    });
  }

  createClassEnum(
    superclass: string | null,
    options: EnumOptions = {},
  ): Promise<EnumWbemClassObject<CimClass>> {
    return this.#enumerate('createClassEnum', options, (call, out) =>
      this.pointer.send(
        'CreateClassEnum',
        call.text(superclass ?? ''),
        this.#enumFlags | depthFlag(options),
        call.context,
        out,
      ),
    );
  }

  putInstance(object: CimInstance, options: PutOptions = {}): Promise<string> {
    return this.#service.run('putInstance', options, async (call) => {
      const made = await this.#service.writer(call).instance(object);
      const flags = call.flags | changeFlag(options);
      const path = await call.invokeForText((result) =>
        this.pointer.send('PutInstance', made.ptr, flags, call.context, result),
      );
      using view = new ObjectView(this.com, made.ptr, 1, () => object);
      return relative(path ?? view.text('__RELPATH') ?? '');
    });
  }

  deleteInstance(path: string, options: CallOptions = {}): Promise<void> {
    return this.#service.run('deleteInstance', options, async (call) => {
      await call.invoke(null, (_, result) =>
        this.pointer.send('DeleteInstance', call.text(path), call.flags, call.context, result),
      );
    });
  }

  createInstanceEnum(className: string, options: EnumOptions = {}): Promise<EnumWbemClassObject> {
    return this.#enumerate('createInstanceEnum', options, (call, out) =>
      this.pointer.send(
        'CreateInstanceEnum',
        call.text(className),
        this.#enumFlags | depthFlag(options),
        call.context,
        out,
      ),
    );
  }

  execQuery(query: string, options: CallOptions = {}): Promise<EnumWbemClassObject<CimObject>> {
    return this.#enumerate('execQuery', options, (call, out) =>
      this.pointer.send('ExecQuery', call.text('WQL'), call.text(query), this.#enumFlags, call.context, out),
    );
  }

  execNotificationQuery(query: string, options: CallOptions = {}): Promise<EnumWbemClassObject> {
    const flags = WbemFlag.WBEM_FLAG_RETURN_IMMEDIATELY | WbemFlag.WBEM_FLAG_FORWARD_ONLY;
    return this.#enumerate(
      'execNotificationQuery',
      options,
      (call, out) =>
        this.pointer.send(
          'ExecNotificationQuery',
          call.text('WQL'),
          call.text(query),
          flags,
          call.context,
          out,
        ),
      false,
    );
  }

  execMethod(
    path: string,
    method: string,
    inParams: PropertyBag = {},
    options: CallOptions = {},
  ): Promise<MethodResult> {
    return this.#service.run('execMethod', options, async (call) => {
      const input = await this.#service.inParams(call, path, method, inParams);
      const given = await call.invoke(OBJECT_ANSWER, (out, result) =>
        this.pointer.send(
          'ExecMethod',
          call.text(path),
          call.text(method),
          call.flags,
          call.context,
          input?.ptr ?? NULL,
          out,
          result,
        ),
      );
      const output = call.hold(given);
      return output === null ? { returnValue: null, outParams: {} } : this.#methodResult(output.ptr);
    });
  }

  /** Ends the asynchronous calls that are under way. */
  protected override letGo(): Promise<void> {
    return this.async.end();
  }

  get #enumFlags(): number {
    const { semisynchronous = true, forwardOnly = true } = this.#forms;
    return (
      (semisynchronous ? WbemFlag.WBEM_FLAG_RETURN_IMMEDIATELY : 0) |
      (forwardOnly ? WbemFlag.WBEM_FLAG_FORWARD_ONLY : 0)
    );
  }

  #enumerate<T extends CimObject>(
    operation: string,
    options: CallOptions,
    start: (call: ServiceCall, out: Ptr<'IEnumWbemClassObject*'>) => Promise<CallOutcome>,
    ahead = true,
  ): Promise<EnumWbemClassObject<T>> {
    return this.#service.run<EnumWbemClassObject<T>>(
      operation,
      options,
      async (call) => {
        const rows = await call.invoke(ENUM_ANSWER, (out) => start(call, out));
        return new NativeEnumerator<T>(this.com, present(rows), ahead);
      },
      (rows) => rows[Symbol.asyncDispose](),
    );
  }

  #methodResult(output: Ptr<'IWbemClassObject'>): MethodResult {
    const object = readObject(this.com, output);
    const values: PropertyBag = object.kind === 'instance' ? object.properties : {};
    const returned = Object.keys(values).find((name) => name.toLowerCase() === 'returnvalue');
    if (returned === undefined) return { returnValue: null, outParams: values };
    const { [returned]: returnValue = null, ...outParams } = values;
    return { returnValue, outParams };
  }
}

/** The part of a path behind its location. */
function relative(path: string): string {
  const colon = /^(\\\\[^:]*|[a-z0-9_\\/]+):/i.exec(path);
  return colon === null ? path : path.slice(colon[0].length);
}
