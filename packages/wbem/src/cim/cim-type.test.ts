import { describe, expect, it } from 'vitest';
import { sdkConstants, sdkHeaders } from '../testing.ts';
import { CIM_FLAG_ARRAY, CimType, cimTypeFromName, cimTypeName } from './cim-type.ts';
import { WbemLimits } from './limits.ts';

describe.skipIf(sdkHeaders === undefined)('wbemcli.h (docs/rules.md 10.3)', () => {
  const header = () => sdkConstants('wbemcli.h');

  it('has the numbers of the CIM types', () => {
    for (const [name, value] of Object.entries(CimType))
      expect(header().get(`CIM_${name.toUpperCase()}`)).toBe(value);
    expect(header().get('CIM_FLAG_ARRAY')).toBe(CIM_FLAG_ARRAY);
  });

  it('has the limits', () => {
    for (const [name, value] of Object.entries(WbemLimits)) {
      const constant = `WBEM${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
      expect([constant, header().get(constant)]).toEqual([constant, value]);
    }
  });
});

describe('CIM types', () => {
  it('have a word in MOF, and are found by it in any case', () => {
    for (const type of Object.values(CimType))
      expect(cimTypeFromName(cimTypeName(type)!.toUpperCase())).toBe(type);
    expect(cimTypeName(CimType.Reference)).toBe('ref');
    expect(cimTypeName(1)).toBeUndefined();
    expect(cimTypeFromName('int')).toBeUndefined();
  });
});
