import {
  type AuthIdentity,
  AuthnLevel,
  ImpLevel,
  type OpenRequest,
  type Transport,
  type UnsecuredApartment,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import { NativeUnsecuredApartment } from '../async/native-unsecured-apartment.ts';
import { OpenCalls } from '../calls/open-calls.ts';
import { Com } from '../com/com.ts';
import { SecretBstr } from '../com/secret-bstr.ts';
import { ClassId } from '../raw/class-ids.ts';
import { WbemConnectFlag } from '../raw/constants.ts';
import { IWbemLocator, IWbemServices } from '../raw/interfaces/client.ts';
import type { Native } from '../raw/native.ts';
import { openNative } from '../raw/open-native.ts';
import { NULL } from '../raw/pointer.ts';
import { type CallForms, NativeServices } from '../services/native-services.ts';
import { Scope } from '../services/scope.ts';

/**
 * Windows' own WMI through COM. COM is set up with the first connection and given back with the last proxy.
 * Each connection fails with `UNSUPPORTED_PLATFORM` where there is no 64-bit Windows.
 */
export function native(forms: CallForms = {}): Transport {
  return new NativeTransport(forms);
}

class NativeTransport implements Transport {
  readonly name = 'native';
  readonly defaultBlanket = { authnLevel: AuthnLevel.PktPrivacy, impLevel: ImpLevel.Impersonate } as const;
  readonly #forms: CallForms;
  readonly #calls = new OpenCalls();
  #native: Native | undefined;
  #com: Com | undefined;

  constructor(forms: CallForms) {
    this.#forms = forms;
  }

  async open(request: OpenRequest): Promise<WbemServices> {
    const com = this.#useCom();
    const connect = async () => {
      com.use();
      try {
        return await this.#connect(com, request);
      } finally {
        await com.leave();
      }
    };
    return this.#calls.run<WbemServices>('connect', request, connect, (services) =>
      services[Symbol.asyncDispose](),
    );
  }

  async unsecuredApartment(): Promise<UnsecuredApartment> {
    const com = this.#useCom();
    com.use();
    try {
      return await NativeUnsecuredApartment.open(com);
    } finally {
      await com.leave();
    }
  }

  async #connect(com: Com, request: OpenRequest): Promise<WbemServices> {
    await using scope = new Scope();
    const text = (value: string | null) => scope.hold(com.bstr(value)).ptr;
    const locator = scope.hold(com.create(ClassId.CLSID_WbemLocator, IWbemLocator));
    const out = scope.hold(com.native.memory.alloc(8));
    const outcome = await locator.send(
      'ConnectServer',
      text(resourceOf(request)),
      text(userOf(request.identity)),
      request.identity === null ? NULL : scope.hold(secretOf(com, request.identity)).ptr,
      text(request.locale),
      request.useMaxWait ? WbemConnectFlag.WBEM_FLAG_CONNECT_USE_MAX_WAIT : 0,
      text(request.authority),
      NULL,
      out.ptr,
    );
    com.check(outcome, 'connect');
    const services = com.own(IWbemServices, out.pointer<'IWbemServices'>());
    if (services === null)
      throw new WbemError(WbemStatus.WBEM_E_UNEXPECTED, 'ConnectServer reported success and gave nothing');
    return new NativeServices(com, services, request.namespace, this.#forms);
  }

  #useCom(): Com {
    this.#native ??= openNative();
    if (this.#com === undefined || this.#com.closed) this.#com = new Com(this.#native);
    return this.#com;
  }
}

function resourceOf({ server, namespace }: OpenRequest): string {
  return server === null ? namespace : `\\\\${server}\\${namespace}`;
}

function userOf(identity: AuthIdentity | null): string | null {
  if (identity === null) return null;
  return identity.domain === null ? identity.user : `${identity.domain}\\${identity.user}`;
}

function secretOf(com: Com, identity: AuthIdentity): SecretBstr {
  return identity.withPassword((utf16) => new SecretBstr(com.native, utf16));
}
