import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';

/** Where a provider runs, and as whom. @see docs/rules.md 9.11 */
export interface HostingModel {
  readonly kind: HostKind;
  /** Whether COM may host it when WMI's hosts do not. */
  readonly orSelfHost: boolean;
  /** Of a host that is shared by name; null for the common one. */
  readonly group: string | null;
  /** Of a decoupled provider: whether its callers are folded into one identity, so that it cannot act as them. */
  readonly foldIdentity: boolean;
}

export type HostKind =
  | 'selfHost'
  | 'localSystemHost'
  | 'networkServiceHost'
  | 'localServiceHost'
  | 'decoupledCom'
  | 'decoupledNonCom';

interface Model {
  readonly kind: HostKind;
  readonly orSelfHost?: boolean;
  readonly foldIdentity?: boolean;
}

const MODELS: ReadonlyMap<string, Model> = new Map([
  ['selfhost', { kind: 'selfHost' }],
  ['localsystemhost', { kind: 'localSystemHost' }],
  ['localsystemhostorselfhost', { kind: 'localSystemHost', orSelfHost: true }],
  ['networkservicehost', { kind: 'networkServiceHost' }],
  ['networkservicehostorselfhost', { kind: 'networkServiceHost', orSelfHost: true }],
  ['localservicehost', { kind: 'localServiceHost' }],
  ['decoupled:com', { kind: 'decoupledCom', foldIdentity: true }],
  ['decoupled:com:foldidentity(true)', { kind: 'decoupledCom', foldIdentity: true }],
  ['decoupled:com:foldidentity(false)', { kind: 'decoupledCom', foldIdentity: false }],
  ['decoupled:noncom', { kind: 'decoupledNonCom', foldIdentity: true }],
]);

/** The hosts that other providers may share under a name. */
const SHARED = /^([a-z]+host):([\w.-]+)$/i;

/**
 * Reads `__Win32Provider.HostingModel`, in any case.
 * @param text null means `NetworkServiceHostOrSelfHost`.
 * @throws WbemError `WBEM_E_INVALID_PROVIDER_REGISTRATION` for anything else than a model.
 * @see docs/rules.md 9.11
 */
export function parseHostingModel(text: string | null): HostingModel {
  if (text === null) return modelOf({ kind: 'networkServiceHost', orSelfHost: true }, null);
  const whole = MODELS.get(text.toLowerCase());
  if (whole !== undefined) return modelOf(whole, null);
  const [, host = '', group = ''] = SHARED.exec(text) ?? [];
  const shared = MODELS.get(host.toLowerCase());
  if (shared !== undefined && shared.kind !== 'selfHost') return modelOf(shared, group);
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PROVIDER_REGISTRATION,
    `expected a hosting model such as NetworkServiceHost or Decoupled:Com, got ${JSON.stringify(text.slice(0, 80))}`,
  );
}

/** The account that code of the model runs as, for people. */
export function hostAccount({ kind }: HostingModel): string {
  return ACCOUNTS[kind];
}

const ACCOUNTS: Readonly<Record<HostKind, string>> = {
  selfHost: 'the account of its own COM server',
  localSystemHost: 'LocalSystem',
  networkServiceHost: 'NetworkService',
  localServiceHost: 'LocalService',
  decoupledCom: 'the account of its own process',
  decoupledNonCom: 'the account of its own process',
};

function modelOf(
  { kind, orSelfHost = false, foldIdentity = false }: Model,
  group: string | null,
): HostingModel {
  return { kind, orSelfHost, group, foldIdentity };
}
