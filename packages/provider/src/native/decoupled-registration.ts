import {
  ClassId,
  type Com,
  type ComPointer,
  IWbemDecoupledRegistrar,
  NULL,
  type Ptr,
} from '@wmisec/com-core';
import { failed, WbemError } from '@wmisec/wbem';

/** A decoupled provider as WMI knows it, until it is taken back. */
export class DecoupledRegistration implements Disposable {
  readonly #registrar: ComPointer<typeof IWbemDecoupledRegistrar>;

  private constructor(registrar: ComPointer<typeof IWbemDecoupledRegistrar>) {
    this.#registrar = registrar;
  }

  /**
   * @param provider the `IUnknown` of the provider, borrowed.
   * @param registration the name of the `__Win32Provider`.
   * @param scope a namespace; null for all.
   * @throws WbemError `WBEM_E_ACCESS_DENIED`, `WBEM_E_PROVIDER_ALREADY_REGISTERED`, `REGDB_E_CLASSNOTREG` where there is
   * no WMI.
   * @see docs/rules.md 9.14
   */
  static make(com: Com, provider: Ptr, registration: string, scope: string | null): DecoupledRegistration {
    const registrar = com.create(ClassId.CLSID_WbemDecoupledRegistrar, IWbemDecoupledRegistrar);
    using name = com.bstr(registration);
    using place = com.bstr(scope);
    const hresult = registrar.call('Register', 0, NULL, NULL, NULL, place.ptr, name.ptr, provider);
    if (!failed(hresult)) return new DecoupledRegistration(registrar);
    registrar[Symbol.dispose]();
    throw new WbemError(hresult, undefined, { operation: `register ${registration}` });
  }

  /** Takes it back. Idempotent. */
  [Symbol.dispose](): void {
    if (this.#registrar.ptr === NULL) return;
    this.#registrar.call('UnRegister');
    this.#registrar[Symbol.dispose]();
  }
}
