import type { CimClass, MethodResult, PropertyBag } from '@wmisec/wbem';
import type { InstanceSource, PutRequest, ReadRequest } from '../instances/instance-source.ts';
import type { ServerCall } from '../server/server-call.ts';

/** Told of every error that a provider ends a call with, refusal or not. */
export type HearProvider = (call: ServerCall, error: unknown) => void;

/** The instances of a provider, whose errors are heard on their way to the caller. They stay what they are. */
export class AuditedInstances implements InstanceSource {
  readonly #source: InstanceSource;
  readonly #hear: HearProvider;

  constructor(source: InstanceSource, hear: HearProvider) {
    this.#source = source;
    this.#hear = hear;
  }

  async *rows(
    cls: CimClass,
    read: ReadRequest,
    call: ServerCall,
  ): AsyncGenerator<readonly PropertyBag[], void> {
    try {
      yield* this.#source.rows(cls, read, call);
    } catch (error) {
      this.#hear(call, error);
      throw error;
    }
  }

  get(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<PropertyBag | null> {
    return this.#heard(call, this.#source.get(cls, keys, call));
  }

  put(cls: CimClass, request: PutRequest, call: ServerCall): Promise<void> {
    return this.#heard(call, this.#source.put(cls, request, call));
  }

  delete(cls: CimClass, keys: PropertyBag, call: ServerCall): Promise<void> {
    return this.#heard(call, this.#source.delete(cls, keys, call));
  }

  execMethod(
    cls: CimClass,
    keys: PropertyBag | null,
    method: string,
    inParams: PropertyBag,
    call: ServerCall,
  ): Promise<MethodResult> {
    return this.#heard(call, this.#source.execMethod(cls, keys, method, inParams, call));
  }

  async #heard<T>(call: ServerCall, result: Promise<T>): Promise<T> {
    try {
      return await result;
    } catch (error) {
      this.#hear(call, error);
      throw error;
    }
  }
}
