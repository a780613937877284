import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { CimType } from './cim-type.ts';
import { getQualifier, hasQualifier, qualifier, standardFlavor } from './qualifier.ts';

describe('qualifier', () => {
  it.each([
    [true, CimType.Boolean, false],
    [-5, CimType.Sint32, false],
    [2 ** 31, CimType.Real64, false],
    [0.5, CimType.Real64, false],
    ['x', CimType.String, false],
    [['a', 'b'], CimType.String, true],
    [[1, 2], CimType.Sint32, true],
    [[1, 2.5], CimType.Real64, true],
    [[], CimType.String, true],
  ])('%j has type %i', (value, type, isArray) => {
    expect(qualifier('Q', value)).toMatchObject({ type, isArray, value });
  });

  it('is true when no value is given', () => {
    expect(qualifier('Abstract').value).toBe(true);
  });

  it('of values of several types is refused', () => {
    expectCode(() => qualifier('Q', [true, 1]), 'WBEM_E_INVALID_QUALIFIER_TYPE');
  });

  it('differs from the standard flavor only where it is told to', () => {
    expect(qualifier('Key', true, { toInstance: false }).flavor).toEqual({
      ...standardFlavor('key'),
      toInstance: false,
    });
  });
});

// Classes recorded from a Windows server hold key with the flavor 0x13, CIMTYPE with 0x03, read with 0x00.
describe('standardFlavor ([MS-WMIO] 2.2.62)', () => {
  it('lets key travel everywhere, never to be overridden', () => {
    expect(standardFlavor('KEY')).toEqual({
      toInstance: true,
      toSubclass: true,
      overridable: false,
      amended: false,
    });
  });

  it('lets CIMTYPE travel everywhere', () => {
    expect(standardFlavor('CIMType')).toMatchObject({
      toInstance: true,
      toSubclass: true,
      overridable: true,
    });
  });

  it('keeps others where they are', () => {
    expect(standardFlavor('read')).toMatchObject({ toInstance: false, toSubclass: false, overridable: true });
  });
});

describe('qualifiers of an owner', () => {
  const owner = {
    qualifiers: [qualifier('Abstract'), qualifier('Dynamic', false), qualifier('Version', '1')],
  };

  it('are found in any case', () => {
    expect(getQualifier(owner, 'VERSION')?.value).toBe('1');
    expect(getQualifier(owner, 'Locale')).toBeUndefined();
  });

  it('hold when they are true, not when they are merely there', () => {
    expect(hasQualifier(owner, 'abstract')).toBe(true);
    expect(hasQualifier(owner, 'dynamic')).toBe(false);
    expect(hasQualifier(owner, 'version')).toBe(false);
  });
});
