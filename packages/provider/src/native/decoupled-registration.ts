import {
  ClassId,
  type Com,
  type ComPointer,
  IWbemDecoupledBasicEventProvider,
  IWbemDecoupledRegistrar,
  IWbemObjectSink,
  NULL,
  type Ptr,
} from '@wmisec/com-core';
import { failed, WbemError } from '@wmisec/wbem';

/** What a provider registers with. */
export interface RegistrationRequest {
  /** The `IUnknown` of the provider, borrowed. */
  readonly provider: Ptr;
  /** The name of the `__Win32Provider`. */
  readonly registration: string;
  /** A namespace; null for all. */
  readonly scope: string | null;
}

/**
 * Registers for instances and methods. The receiver takes it back with `UnRegister`, through `unregister`.
 * @throws WbemError `WBEM_E_ACCESS_DENIED`, `WBEM_E_PROVIDER_ALREADY_REGISTERED`, `REGDB_E_CLASSNOTREG` where there is
 * no WMI.
 * @see docs/rules.md 9.14
 */
export function registerInstances(com: Com, request: RegistrationRequest): DecoupledRegistration {
  const registrar = com.create(ClassId.CLSID_WbemDecoupledRegistrar, IWbemDecoupledRegistrar);
  return new DecoupledRegistration(com, registrar, request);
}

/** Registers for events. @throws as `registerInstances`. @see docs/rules.md 9.14 */
export function registerEvents(com: Com, request: RegistrationRequest): EventRegistration {
  const registrar = com.create(
    ClassId.CLSID_WbemDecoupledBasicEventProvider,
    IWbemDecoupledBasicEventProvider,
  );
  return new EventRegistration(com, registrar, request);
}

/** A decoupled provider as WMI knows it, until it is disposed. */
export class DecoupledRegistration implements Disposable {
  readonly #registrar: ComPointer<typeof IWbemDecoupledRegistrar>;

  /** @param registrar taken over. */
  constructor(com: Com, registrar: ComPointer<typeof IWbemDecoupledRegistrar>, request: RegistrationRequest) {
    this.#registrar = registrar;
    using name = com.bstr(request.registration);
    using scope = com.bstr(request.scope);
    const hresult = registrar.call('Register', 0, NULL, NULL, NULL, scope.ptr, name.ptr, request.provider);
    if (!failed(hresult)) return;
    registrar[Symbol.dispose]();
    throw new WbemError(hresult, undefined, { operation: `register ${request.registration}` });
  }

  /** Takes the registration back. Idempotent. */
  [Symbol.dispose](): void {
    if (this.#registrar.ptr === NULL) return;
    this.#registrar.call('UnRegister');
    this.#registrar[Symbol.dispose]();
  }
}

/** The same for events. */
export class EventRegistration extends DecoupledRegistration {
  readonly #com: Com;
  readonly #registrar: ComPointer<typeof IWbemDecoupledBasicEventProvider>;

  /** @param registrar taken over. */
  constructor(
    com: Com,
    registrar: ComPointer<typeof IWbemDecoupledBasicEventProvider>,
    request: RegistrationRequest,
  ) {
    super(com, registrar as never, request);
    this.#com = com;
    this.#registrar = registrar;
  }

  /** The sink for a provider that WMI has not given one. @throws WbemError what the registrar answers. */
  sink(): ComPointer<typeof IWbemObjectSink> {
    using out = this.#com.native.memory.alloc(8);
    const hresult = this.#registrar.call('GetSink', 0, NULL, out.ptr);
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'GetSink' });
    return this.#com.own(IWbemObjectSink, out.pointer<'IWbemObjectSink'>())!;
  }
}
