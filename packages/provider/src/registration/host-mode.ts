/** The settings below `HKLM\SOFTWARE\Microsoft\WBEM\CIMOM`. @see docs/rules.md 9.12 */
export interface HostModeSettings {
  /** Names of the values in the key `SecuredHostProviders`. */
  readonly secured: Iterable<string>;
  /** Names of the values in the key `CompatibleHostProviders`. */
  readonly compatible: Iterable<string>;
  /** `DefaultSecuredHost`. Default 0. */
  readonly defaultSecuredHost?: number;
}

/** `secure`: what the host process holds is open to the SID of its service alone; `compatible`: to its account. */
export type HostMode = 'secure' | 'compatible';

/** The name of the value that stands for a provider: `root\cimv2:__win32provider.name="MyProvider"`. */
export function hostModeValue(namespace: string, provider: string): string {
  return `${namespace}:__win32provider.name="${provider.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * In which mode WMI hosts a provider.
 * @param value as `hostModeValue` writes it; compared in any case, as the registry does.
 * @see docs/rules.md 9.12
 */
export function hostMode(value: string, settings: HostModeSettings): HostMode {
  if (holds(settings.secured, value)) return 'secure';
  if (holds(settings.compatible, value)) return 'compatible';
  return (settings.defaultSecuredHost ?? 0) === 0 ? 'compatible' : 'secure';
}

function holds(names: Iterable<string>, value: string): boolean {
  for (const name of names) if (name.toLowerCase() === value.toLowerCase()) return true;
  return false;
}
