import { AuthnLevel } from './authn-level.ts';
import { AuthnService, AuthzService } from './authn-service.ts';
import { Capabilities } from './capabilities.ts';
import { ImpLevel } from './imp-level.ts';

/** `RPC_C_AUTHN_LEVEL_PKT_PRIVACY` for 6. */
export const authnLevelName = namer('RPC_C_AUTHN_LEVEL_', AuthnLevel);

/** `RPC_C_IMP_LEVEL_IMPERSONATE` for 3. */
export const impLevelName = namer('RPC_C_IMP_LEVEL_', ImpLevel);

/** `RPC_C_AUTHN_WINNT` for 10. */
export const authnServiceName = namer('RPC_C_AUTHN_', AuthnService, { WinNT: 'WINNT', Pku2u: 'PKU2U' });

/** `RPC_C_AUTHZ_NONE` for 0. */
export const authzServiceName = namer('RPC_C_AUTHZ_', AuthzService);

const capabilityName = namer('EOAC_', Capabilities, {
  AppId: 'APPID',
  MakeFullSic: 'MAKE_FULLSIC',
  RequireFullSic: 'REQUIRE_FULLSIC',
});

/** The SDK names of the flags in a mask, `['EOAC_STATIC_CLOAKING']`; `['EOAC_NONE']` for 0. */
export function capabilityNames(mask: number): string[] {
  const bits = Object.values(Capabilities).filter((bit) => bit !== 0 && (mask & bit) !== 0);
  return bits.length === 0 ? [capabilityName(0)] : bits.map(capabilityName);
}

function namer(
  prefix: string,
  values: Readonly<Record<string, number>>,
  irregular: Record<string, string> = {},
) {
  const names = new Map<number, string>();
  for (const [word, value] of Object.entries(values)) {
    names.set(value, prefix + (irregular[word] ?? word.replace(/(?<!^)(?=[A-Z])/g, '_').toUpperCase()));
  }
  return (value: number): string => names.get(value) ?? `${prefix}${value}`;
}
