import {
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
  parseObjectPath,
  type SecurableProxy,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { ObjectView } from '../objects/object-view.ts';
import { ObjectWriter } from '../objects/object-writer.ts';
import { readObject } from '../objects/read-object.ts';
import { WbemChangeFlag, WbemFlag } from '../raw/constants.ts';
import { IEnumWbemClassObject, IWbemClassObject, IWbemServices } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { NativeEnumerator } from './native-enumerator.ts';
import { NativeProxy } from './native-proxy.ts';
import { type Answer, ServiceCall } from './service-call.ts';

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

const changeFlags = {
  createOrUpdate: WbemChangeFlag.WBEM_FLAG_CREATE_OR_UPDATE,
  updateOnly: WbemChangeFlag.WBEM_FLAG_UPDATE_ONLY,
  createOnly: WbemChangeFlag.WBEM_FLAG_CREATE_ONLY,
} as const;

/** A native `IWbemServices`. */
export class NativeServices extends NativeProxy<typeof IWbemServices> implements WbemServices {
  readonly proxyKind = 'services';
  readonly namespace: string;
  readonly #forms: CallForms;
  readonly #callResults = new Set<SecurableProxy>();

  /** Takes the reference over. */
  constructor(com: Com, pointer: ComPointer<typeof IWbemServices>, namespace: string, forms: CallForms = {}) {
    super(com, pointer);
    this.namespace = namespace;
    this.#forms = forms;
  }

  get callResults(): readonly SecurableProxy[] {
    return [...this.#callResults];
  }

  /** @throws WbemError what `CoCopyProxy` answers, `E_NOINTERFACE` for an object that is no proxy. */
  async copyProxy(): Promise<NativeServices> {
    return new NativeServices(this.com, this.copyPointer(IWbemServices), this.namespace, this.#forms);
  }

  openNamespace(namespace: string, options: CallOptions = {}): Promise<WbemServices> {
    return this.#run<WbemServices>(
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
    return this.#run('getObject', options, async (call) => {
      const object = await this.#fetch(call, path, amendedFlag(options));
      return readObject(this.com, object.ptr);
    });
  }

  putClass(object: CimClass, options: PutOptions = {}): Promise<void> {
    return this.#run('putClass', options, async (call) => {
      const made = await this.#writer(call).class(object);
      const flags = call.flags | changeFlags[options.mode ?? 'createOrUpdate'];
      await call.invoke(null, (_, result) =>
        this.pointer.send('PutClass', made.ptr, flags, call.context, result),
      );
    });
  }

  deleteClass(className: string, options: CallOptions = {}): Promise<void> {
    return this.#run('deleteClass', options, async (call) => {
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
    return this.#run('putInstance', options, async (call) => {
      const made = await this.#writer(call).instance(object);
      const flags = call.flags | changeFlags[options.mode ?? 'createOrUpdate'];
      const path = await call.invokeForText((result) =>
        this.pointer.send('PutInstance', made.ptr, flags, call.context, result),
      );
      using view = new ObjectView(this.com, made.ptr, 1, () => object);
      return relative(path ?? view.text('__RELPATH') ?? '');
    });
  }

  deleteInstance(path: string, options: CallOptions = {}): Promise<void> {
    return this.#run('deleteInstance', options, async (call) => {
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
    return this.#run('execMethod', options, async (call) => {
      const input = await this.#inParams(call, path, method, inParams);
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

  get #enumFlags(): number {
    const { semisynchronous = true, forwardOnly = true } = this.#forms;
    return (
      (semisynchronous ? WbemFlag.WBEM_FLAG_RETURN_IMMEDIATELY : 0) |
      (forwardOnly ? WbemFlag.WBEM_FLAG_FORWARD_ONLY : 0)
    );
  }

  /** Runs a call with everything that it holds until it has unwound. */
  #run<T>(
    operation: string,
    options: CallOptions,
    flow: (call: ServiceCall) => Promise<T>,
    late?: (value: T) => unknown,
  ): Promise<T> {
    const run = async (limit: CallLimit) => {
      const { semisynchronous = true } = this.#forms;
      const made = { com: this.com, services: this, callResults: this.#callResults, limit, operation };
      await using call = new ServiceCall(made, options.context, semisynchronous);
      return await flow(call);
    };
    return this.calls.run(operation, options, run, late);
  }

  #enumerate<T extends CimObject>(
    operation: string,
    options: CallOptions,
    start: (call: ServiceCall, out: Ptr<'IEnumWbemClassObject*'>) => Promise<CallOutcome>,
    ahead = true,
  ): Promise<EnumWbemClassObject<T>> {
    return this.#run<EnumWbemClassObject<T>>(
      operation,
      options,
      async (call) => {
        const rows = await call.invoke(ENUM_ANSWER, (out) => start(call, out));
        return new NativeEnumerator<T>(this.com, present(rows), ahead);
      },
      (rows) => rows[Symbol.asyncDispose](),
    );
  }

  async #fetch(
    call: ServiceCall,
    path: string | null,
    flags = 0,
  ): Promise<ComPointer<typeof IWbemClassObject>> {
    const object = await call.invoke(OBJECT_ANSWER, (out, result) =>
      this.pointer.send('GetObject', call.text(path), call.flags | flags, call.context, out, result),
    );
    return call.hold(present(object));
  }

  #writer(call: ServiceCall): ObjectWriter {
    return new ObjectWriter(this.com, call, (className) => this.#fetch(call, className));
  }

  async #inParams(
    call: ServiceCall,
    path: string,
    method: string,
    given: PropertyBag,
  ): Promise<ComPointer<typeof IWbemClassObject> | null> {
    const cls = await this.#fetch(call, classOf(path));
    const out = call.hold(this.com.native.memory.alloc(16));
    const found = cls.call('GetMethod', call.text(method), 0, out.at(0), out.at(8));
    if (found === WbemStatus.WBEM_E_NOT_FOUND)
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_METHOD,
        `expected a method of ${classOf(path)}, got ${method}`,
        { operation: 'execMethod' },
      );
    this.com.checkHere(found, 'execMethod');
    call.hold(this.com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>(8)));
    const signature = call.hold(this.com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>(0)));
    if (signature !== null) return this.#writer(call).parameters(signature, given);
    if (Object.keys(given).length === 0) return null;
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS,
      `${method} takes no parameters, got ${Object.keys(given).join(', ')}`,
      { operation: 'execMethod' },
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

function present<T>(answer: T | null): T {
  if (answer !== null) return answer;
  throw new WbemError(WbemStatus.WBEM_E_UNEXPECTED, 'the service reported success and gave nothing');
}

function classOf(path: string): string {
  const parsed = parseObjectPath(path);
  if (parsed.kind !== 'namespace') return parsed.className;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT_PATH, `expected an object's path, got ${path}`);
}

/** The part of a path behind its location. */
function relative(path: string): string {
  const colon = /^(\\\\[^:]*|[a-z0-9_\\/]+):/i.exec(path);
  return colon === null ? path : path.slice(colon[0].length);
}

function amendedFlag({ amended = false }: GetOptions): number {
  return amended ? WbemFlag.WBEM_FLAG_USE_AMENDED_QUALIFIERS : 0;
}

function depthFlag({ deep = true }: EnumOptions): number {
  return deep ? WbemFlag.WBEM_FLAG_DEEP : WbemFlag.WBEM_FLAG_SHALLOW;
}
