import { ComStatus, type Refusal, WbemStatus, type WmisecError } from '@wmisec/wbem';

type Reason = Pick<Refusal, 'gate' | 'missing' | 'fix'>;

/** Which gate a failed connection points to, when the service did not say it itself. */
const BY_STATUS: ReadonlyMap<number, Reason> = new Map([
  [
    ComStatus.CO_E_NOTINITIALIZED,
    {
      gate: 'com-initialised',
      missing: ['an apartment on the calling thread'],
      fix: 'initialise COM on the thread first',
    },
  ],
  [
    ComStatus.RPC_S_SERVER_UNAVAILABLE,
    {
      gate: 'transport',
      missing: ['a server that answers'],
      fix: 'check the name, TCP port 135 and the firewall rules of group "Windows Management Instrumentation (WMI)"',
    },
  ],
  [
    ComStatus.E_ACCESSDENIED,
    {
      gate: 'dcom-access',
      missing: ['remote launch, activation or access, or the authentication level that the server takes'],
      fix: 'ask for packet integrity or more; as an administrator check the DCOM limits in dcomcnfg, and for a local account LocalAccountTokenFilterPolicy',
    },
  ],
  [
    WbemStatus.WBEM_E_LOCAL_CREDENTIALS,
    {
      gate: 'connect-arguments',
      missing: ['a connection without credentials'],
      fix: 'leave user, password and authority out for this machine',
    },
  ],
  [
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    {
      gate: 'connect-arguments',
      missing: ['arguments that go together'],
      fix: 'name the domain in the user or in the authority, not in both',
    },
  ],
  [
    WbemStatus.WBEM_E_INVALID_NAMESPACE,
    { gate: 'namespace-exists', missing: ['the namespace'], fix: 'check its spelling, or create it' },
  ],
  [
    WbemStatus.WBEM_E_ACCESS_DENIED,
    {
      gate: 'namespace-rights',
      missing: ['WBEM_ENABLE, or WBEM_REMOTE_ACCESS from another machine'],
      fix: 'as an administrator look at the descriptor of the namespace: wmisec namespace show',
    },
  ],
]);

/** The refusal behind an error of `connect`: the service's own, or the one its status points to. */
export function explainConnectError(error: WmisecError, target: string): Refusal {
  if (error.refusal !== undefined) return error.refusal;
  const reason = error.hresult === undefined ? undefined : BY_STATUS.get(error.hresult);
  return {
    ace: null,
    ...(reason ?? { gate: 'connect', missing: [`a connection to ${target} (${error.code})`], fix: null }),
  };
}
