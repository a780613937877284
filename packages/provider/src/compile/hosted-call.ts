import {
  type EnumerateRequest,
  type PropertyBag,
  type ProviderRequest,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import type { Demand } from '../caller/demand.ts';
import type { HostedCaller } from '../caller/hosted-caller.ts';
import type { EnumerateCall, MethodCall, ProviderCall } from '../handlers/provider-call.ts';

/** A call as the host hands it on. */
export class HostedCall<R extends ProviderRequest = ProviderRequest> implements ProviderCall {
  readonly caller: HostedCaller;
  protected readonly request: R;

  constructor(request: R, caller: HostedCaller) {
    this.request = request;
    this.caller = caller;
  }

  get namespace(): string {
    return this.request.namespace;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }

  get context(): PropertyBag {
    return this.request.context;
  }

  async openServices(): Promise<WbemServices> {
    const { openServices } = this.request;
    if (openServices !== undefined) return openServices();
    throw new WbemError(WbemStatus.WBEM_E_NOT_SUPPORTED, 'this host gives its providers no way back into it');
  }
}

/** A method call. */
export class HostedMethodCall extends HostedCall implements MethodCall<PropertyBag | null> {
  readonly keys: PropertyBag | null;

  constructor(request: ProviderRequest, caller: HostedCaller, keys: PropertyBag | null) {
    super(request, caller);
    this.keys = keys;
  }
}

/** An enumeration, which remembers what was left out. */
export class HostedEnumeration extends HostedCall<EnumerateRequest> implements EnumerateCall {
  #where: EnumerateRequest['where'];
  #denied = false;
  #incomplete = false;

  constructor(request: EnumerateRequest, caller: HostedCaller) {
    super(request, caller);
    this.#where = request.where;
  }

  get properties(): ReadonlySet<string> | null {
    return this.request.properties;
  }

  get where(): EnumerateRequest['where'] {
    return this.#where;
  }

  /** The status to end with. @see docs/rules.md 4.6 */
  get status(): number {
    if (this.#denied) return WbemStatus.WBEM_S_ACCESS_DENIED;
    return this.#incomplete ? WbemStatus.WBEM_S_PARTIAL_RESULTS : WbemStatus.WBEM_S_NO_ERROR;
  }

  hideCondition(): void {
    this.#where = null;
  }

  admits(demand: Demand): boolean {
    const { passed } = this.caller.judge(demand);
    if (!passed) this.#denied = true;
    return passed;
  }

  incomplete(): void {
    this.#incomplete = true;
  }
}
