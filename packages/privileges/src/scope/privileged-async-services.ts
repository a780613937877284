import type { AsyncTarget, AsyncWbemServices } from '@wmisec/wbem';

/** The arguments of an asynchronous call. */
type Arguments<K extends keyof AsyncWbemServices> = Parameters<AsyncWbemServices[K]>;

/** Makes a call with privileges. */
export type MakeCall = <R>(call: () => Promise<R>) => Promise<R>;

/** Asynchronous calls that begin with privileges. What sinks are called with is the server's affair. */
export class PrivilegedAsyncServices implements AsyncWbemServices {
  readonly #inner: AsyncWbemServices;
  readonly #call: MakeCall;

  constructor(inner: AsyncWbemServices, call: MakeCall) {
    this.#inner = inner;
    this.#call = call;
  }

  getObjectAsync(...args: Arguments<'getObjectAsync'>): Promise<void> {
    return this.#call(() => this.#inner.getObjectAsync(...args));
  }

  putClassAsync(...args: Arguments<'putClassAsync'>): Promise<void> {
    return this.#call(() => this.#inner.putClassAsync(...args));
  }

  deleteClassAsync(...args: Arguments<'deleteClassAsync'>): Promise<void> {
    return this.#call(() => this.#inner.deleteClassAsync(...args));
  }

  createClassEnumAsync(...args: Arguments<'createClassEnumAsync'>): Promise<void> {
    return this.#call(() => this.#inner.createClassEnumAsync(...args));
  }

  putInstanceAsync(...args: Arguments<'putInstanceAsync'>): Promise<void> {
    return this.#call(() => this.#inner.putInstanceAsync(...args));
  }

  deleteInstanceAsync(...args: Arguments<'deleteInstanceAsync'>): Promise<void> {
    return this.#call(() => this.#inner.deleteInstanceAsync(...args));
  }

  createInstanceEnumAsync(...args: Arguments<'createInstanceEnumAsync'>): Promise<void> {
    return this.#call(() => this.#inner.createInstanceEnumAsync(...args));
  }

  execQueryAsync(...args: Arguments<'execQueryAsync'>): Promise<void> {
    return this.#call(() => this.#inner.execQueryAsync(...args));
  }

  execNotificationQueryAsync(...args: Arguments<'execNotificationQueryAsync'>): Promise<void> {
    return this.#call(() => this.#inner.execNotificationQueryAsync(...args));
  }

  execMethodAsync(...args: Arguments<'execMethodAsync'>): Promise<void> {
    return this.#call(() => this.#inner.execMethodAsync(...args));
  }

  /** Needs no privilege, and does not wait for the calls before it. */
  cancelAsyncCall(sink: AsyncTarget | null): Promise<void> {
    return this.#inner.cancelAsyncCall(sink);
  }
}
