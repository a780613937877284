// Calls of the apartment's thread: a sink is handed over where it lives, so that COM brings its calls back to there.
import {
  ClassId,
  ClsCtx,
  COLE_DEFAULT,
  IUnknown,
  IWbemLocator,
  IWbemServices,
  type Native,
  NULL,
  type Ptr,
} from '@wmisec/com-core';
import type { ApartmentScope } from '@wmisec/privileges';
import {
  AuthnLevel,
  AuthnService,
  AuthzService,
  Capabilities,
  failed,
  ImpLevel,
  WbemError,
} from '@wmisec/wbem';
import { nativeText } from './native-text.ts';

type Services = Ptr<'IWbemServices'>;
type Sink = Ptr<'IWbemObjectSink'>;

/**
 * Connects to a namespace and asks a query, whose rows go to the sink.
 * @returns the services, for `cancel` and `release`.
 */
export function start({ native }: ApartmentScope, namespace: string, query: string, sink: Sink): Services {
  const services = connect(native, namespace);
  try {
    secure(native, services);
    using language = nativeText(native, 'WQL');
    using text = nativeText(native, query);
    const wmi = native.bind(IWbemServices, services);
    check(wmi.ExecQueryAsync(language.ptr, text.ptr, 0, NULL, sink), 'ExecQueryAsync');
    return services;
  } catch (error) {
    native.bind(IUnknown, services).Release();
    throw error;
  }
}

export function cancel({ native }: ApartmentScope, services: Services, sink: Sink): void {
  native.bind(IWbemServices, services).CancelAsyncCall(sink);
}

export function release({ native }: ApartmentScope, services: Services): void {
  native.bind(IUnknown, services).Release();
}

function connect(native: Native, namespace: string): Services {
  const { memory, ole32 } = native;
  using clsid = memory.guid(ClassId.CLSID_WbemLocator);
  using iid = memory.guid(IWbemLocator.iid);
  using out = memory.alloc(8);
  check(
    ole32.CoCreateInstance(clsid.ptr, NULL, ClsCtx.CLSCTX_INPROC_SERVER, iid.ptr, out.ptr),
    'CoCreateInstance',
  );
  const locator = native.bind(IWbemLocator, out.pointer<'IWbemLocator'>());
  using path = nativeText(native, namespace);
  const hresult = locator.ConnectServer(path.ptr, NULL, NULL, NULL, 0, NULL, NULL, out.ptr);
  locator.Release();
  check(hresult, 'ConnectServer');
  return out.pointer<'IWbemServices'>();
}

/** Nobody on the way reads or changes what is asked; the server acts as whoever asks. */
function secure({ ole32 }: Native, services: Services): void {
  const hresult = ole32.CoSetProxyBlanket(
    services,
    AuthnService.Default,
    AuthzService.Default,
    COLE_DEFAULT as Ptr<'WCHAR'>,
    AuthnLevel.PktPrivacy,
    ImpLevel.Impersonate,
    NULL,
    Capabilities.None,
  );
  check(hresult, 'CoSetProxyBlanket');
}

function check(hresult: number, operation: string): void {
  if (failed(hresult)) throw new WbemError(hresult, undefined, { operation });
}
