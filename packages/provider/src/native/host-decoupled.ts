import { IWbemProviderInit } from '@wmisec/com-core';
import { ApartmentThread, type HostedObject } from '@wmisec/privileges';
import type { WmisecError } from '@wmisec/wbem';
import type { HostQuestion, HostSettings } from './host-question.ts';

export interface DecoupledOptions {
  /** The name of the `__Win32Provider` instance that stands for it. Default: the provider's own name. */
  readonly registration?: string | undefined;
  /** The namespace that it serves, such as `root\cimv2`; null for all. Default: what the definition says. */
  readonly scope?: string | null | undefined;
  /** The export that is the provider or its definition. Default `default`. */
  readonly exportName?: string | undefined;
  /**
   * `__Win32Provider.HostingModel`, as its registration says. Default: that of the definition, or `Decoupled:Com`, in
   * which nobody's identity reaches the provider.
   * @see docs/rules.md 9.11
   */
  readonly hosting?: string | undefined;
  /** An apartment to live in, which stays the caller's. Default: one of its own. */
  readonly apartment?: ApartmentThread | undefined;
  /** What the apartment loads to serve a provider; default this package's own. */
  readonly program?: URL | undefined;
  /** Hears what the provider's code throws, and of the end of its thread. Default: a process warning. */
  readonly onError?: ((error: WmisecError) => void) | undefined;
}

export interface StopOptions {
  /** Milliseconds in which calls under way may end by themselves. Default 5000. */
  readonly graceMs?: number | undefined;
}

/**
 * Serves a provider from this process, with its code on a thread of its own.
 * @param module the module that exports the `Provider`; it is loaded on that thread.
 * @throws WmisecError `UNSUPPORTED_PLATFORM`, `INVALID_ARGUMENT`, `APARTMENT_BODY_FAILED` for a module that fails;
 * WbemError `WBEM_E_ACCESS_DENIED` when the registration's `SecurityDescriptor` does not let this process register,
 * `WBEM_E_PROVIDER_ALREADY_REGISTERED`.
 * @see docs/rules.md 9.14
 */
export async function hostDecoupled(
  module: URL | string,
  options: DecoupledOptions = {},
): Promise<DecoupledHost> {
  const { onError = warn } = options;
  const own = options.apartment === undefined;
  const apartment = options.apartment ?? (await ApartmentThread.open({ onError }));
  try {
    const host = await DecoupledHost.start(apartment, own, String(module), { ...options, onError });
    void apartment.ended.then((error) => {
      if (error !== undefined && !host.stopped) onError(error);
    });
    return host;
  } catch (error) {
    if (own) await apartment.close();
    throw error;
  }
}

/** A provider that WMI calls, until it is stopped. */
export class DecoupledHost implements AsyncDisposable {
  readonly #apartment: ApartmentThread;
  readonly #own: boolean;
  readonly #object: HostedObject;
  #stopped: Promise<void> | undefined;

  private constructor(apartment: ApartmentThread, own: boolean, object: HostedObject) {
    this.#apartment = apartment;
    this.#own = own;
    this.#object = object;
  }

  /** @param own whether the apartment ends with the host. */
  static async start(
    apartment: ApartmentThread,
    own: boolean,
    module: string,
    options: DecoupledOptions,
  ): Promise<DecoupledHost> {
    const { registration, scope, exportName = 'default', hosting } = options;
    const settings: HostSettings = { module, exportName, hosting };
    const object = await apartment.host({
      module: options.program ?? providerProgram(),
      args: [settings],
      // WMI gives the object to nobody else; what a client may do is decided by the provider, call by call.
      policy: { rule: { kind: 'dangerouslyAnyone' } },
      onError: options.onError,
    });
    const host = new DecoupledHost(apartment, own, object);
    try {
      const unknown = object.pointer(IWbemProviderInit);
      await host.#ask({ kind: 'register', unknown, registration, scope });
      return host;
    } catch (error) {
      await host.#release(0);
      throw error;
    }
  }

  /** Whether it has been told to stop. */
  get stopped(): boolean {
    return this.#stopped !== undefined;
  }

  /**
   * Takes the registration back, lets calls under way end, ends those that do not with `WBEM_E_SHUTTING_DOWN`, and
   * gives everything back. Idempotent.
   * @throws WmisecError `APARTMENT_STALLED`, `APARTMENT_FAILED`.
   */
  stop({ graceMs = 5000 }: StopOptions = {}): Promise<void> {
    this.#stopped ??= this.#stop(graceMs);
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(graceMs: number): Promise<void> {
    await this.#release(graceMs);
    if (this.#own) await this.#apartment.close();
  }

  async #release(graceMs: number): Promise<void> {
    await this.#ask({ kind: 'stop', graceMs });
    await this.#object[Symbol.asyncDispose]();
  }

  async #ask(question: HostQuestion): Promise<void> {
    await this.#object.ask(question);
  }
}

/** The apartment's half, beside the bundle, or beside this source when the sources run themselves. */
function providerProgram(): URL {
  const own = import.meta.url;
  return own.endsWith('.ts') ? new URL('./provider-program.ts', own) : new URL('./provider-program.js', own);
}

function warn(error: WmisecError): void {
  process.emitWarning(error.message, { code: error.code });
}
