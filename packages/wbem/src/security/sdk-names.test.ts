import { describe, expect, it } from 'vitest';
import { sdkConstants, sdkHeaders } from '../testing.ts';
import { AuthnLevel } from './authn-level.ts';
import { AuthnService, AuthzService } from './authn-service.ts';
import { Capabilities } from './capabilities.ts';
import { ImpLevel } from './imp-level.ts';
import {
  authnLevelName,
  authnServiceName,
  authzServiceName,
  capabilityNames,
  impLevelName,
} from './sdk-names.ts';

describe.skipIf(sdkHeaders === undefined)('SDK names (docs/rules.md 1.3, 1.5, 10.3)', () => {
  it.each([
    ['AuthnLevel', AuthnLevel, authnLevelName],
    ['ImpLevel', ImpLevel, impLevelName],
    ['AuthzService', AuthzService, authzServiceName],
  ])('%s is named as in rpcdce.h', (_, table, nameOf) => {
    const header = sdkConstants('rpcdce.h');
    for (const value of Object.values(table))
      expect([nameOf(value), header.get(nameOf(value))]).toEqual([nameOf(value), value]);
  });

  it('AuthnService is named as in rpcdce.h, as far as that knows it', () => {
    const header = sdkConstants('rpcdce.h');
    const { Kernel, NegoExtender, Pku2u, ...known } = AuthnService;
    for (const value of Object.values(known))
      expect([authnServiceName(value), header.get(authnServiceName(value))]).toEqual([
        authnServiceName(value),
        value,
      ]);
    expect([Kernel, NegoExtender, Pku2u].map(authnServiceName)).toEqual([
      'RPC_C_AUTHN_KERNEL',
      'RPC_C_AUTHN_NEGO_EXTENDER',
      'RPC_C_AUTHN_PKU2U',
    ]);
  });

  it('Capabilities are named as in objidlbase.h', () => {
    const header = sdkConstants('objidlbase.h', 'objidl.h');
    for (const bit of Object.values(Capabilities)) {
      const [name] = capabilityNames(bit);
      expect([name, header.get(name!)]).toEqual([name, bit]);
    }
  });
});

describe('SDK names', () => {
  it('list the flags of a mask', () => {
    expect(capabilityNames(Capabilities.StaticCloaking | Capabilities.MutualAuth)).toEqual([
      'EOAC_MUTUAL_AUTH',
      'EOAC_STATIC_CLOAKING',
    ]);
    expect(capabilityNames(0)).toEqual(['EOAC_NONE']);
  });

  it('show a number that has no name', () => {
    expect(authnLevelName(9)).toBe('RPC_C_AUTHN_LEVEL_9');
  });
});
