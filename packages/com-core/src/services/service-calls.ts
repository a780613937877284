import {
  type CallOptions,
  type PropertyBag,
  parseObjectPath,
  type SecurableProxy,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { CallLimit } from '../calls/call-limit.ts';
import type { OpenCalls } from '../calls/open-calls.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { ObjectWriter } from '../objects/object-writer.ts';
import { IWbemClassObject, type IWbemServices } from '../raw/interfaces/client.ts';
import type { NativeProxy } from './native-proxy.ts';
import { type Answer, ServiceCall } from './service-call.ts';

const OBJECT_ANSWER: Answer<typeof IWbemClassObject> = { table: IWbemClassObject, take: 'GetResultObject' };

interface ServiceCallsOptions {
  readonly com: Com;
  readonly services: NativeProxy<typeof IWbemServices>;
  readonly pointer: ComPointer<typeof IWbemServices>;
  readonly open: OpenCalls;
  readonly semisynchronous: boolean;
}

/** The calls on one services proxy, and what several of them are made of. */
export class ServiceCalls {
  readonly com: Com;
  readonly pointer: ComPointer<typeof IWbemServices>;
  readonly #options: ServiceCallsOptions;
  readonly #callResults = new Set<SecurableProxy>();

  constructor(options: ServiceCallsOptions) {
    this.com = options.com;
    this.pointer = options.pointer;
    this.#options = options;
  }

  /** The call results under way. */
  get callResults(): readonly SecurableProxy[] {
    return [...this.#callResults];
  }

  /** Runs a call with everything that it holds until it has unwound. */
  run<T>(
    operation: string,
    options: CallOptions,
    flow: (call: ServiceCall) => Promise<T>,
    late?: (value: T) => unknown,
  ): Promise<T> {
    const { com, services, open, semisynchronous } = this.#options;
    const run = async (limit: CallLimit) => {
      const made = { com, services, callResults: this.#callResults, limit, operation };
      await using call = new ServiceCall(made, options.context, semisynchronous);
      return await flow(call);
    };
    return open.run(operation, options, run, late);
  }

  /** An object of the service, which the call holds. */
  async fetch(
    call: ServiceCall,
    path: string | null,
    flags = 0,
  ): Promise<ComPointer<typeof IWbemClassObject>> {
    const object = await call.invoke(OBJECT_ANSWER, (out, result) =>
      this.pointer.send('GetObject', call.text(path), call.flags | flags, call.context, out, result),
    );
    return call.hold(present(object));
  }

  writer(call: ServiceCall): ObjectWriter {
    return new ObjectWriter(this.com, call, (className) => this.fetch(call, className));
  }

  /**
   * The parameters of a method as its class declares them; null for a method without any.
   * @throws WbemError `WBEM_E_INVALID_METHOD`, `WBEM_E_INVALID_METHOD_PARAMETERS`
   */
  async inParams(
    call: ServiceCall,
    path: string,
    method: string,
    given: PropertyBag,
  ): Promise<ComPointer<typeof IWbemClassObject> | null> {
    const cls = await this.fetch(call, classOf(path));
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
    if (signature !== null) return this.writer(call).parameters(signature, given);
    if (Object.keys(given).length === 0) return null;
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS,
      `${method} takes no parameters, got ${Object.keys(given).join(', ')}`,
      { operation: 'execMethod' },
    );
  }
}

/** @throws WbemError `WBEM_E_UNEXPECTED` for nothing. */
export function present<T>(answer: T | null): T {
  if (answer !== null) return answer;
  throw new WbemError(WbemStatus.WBEM_E_UNEXPECTED, 'the service reported success and gave nothing');
}

function classOf(path: string): string {
  const parsed = parseObjectPath(path);
  if (parsed.kind !== 'namespace') return parsed.className;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT_PATH, `expected an object's path, got ${path}`);
}
