import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { checkValue } from './check-value.ts';
import { CimType } from './cim-type.ts';
import { defineClass } from './define-class.ts';
import { instanceOf } from './instance.ts';
import type { CimInstance } from './objects.ts';

describe('integers', () => {
  it.each([
    [CimType.Sint8, -0x80, 0x7f],
    [CimType.Uint8, 0, 0xff],
    [CimType.Sint16, -0x8000, 0x7fff],
    [CimType.Uint16, 0, 0xffff],
    [CimType.Sint32, -0x80000000, 0x7fffffff],
    [CimType.Uint32, 0, 0xffffffff],
  ])('of type %i reach from %i to %i and no further', (type, min, max) => {
    expect(checkValue(type, false, min)).toBe(min);
    expect(checkValue(type, false, BigInt(max))).toBe(max);
    expectCode(() => checkValue(type, false, min - 1), 'WBEM_E_VALUE_OUT_OF_RANGE');
    expectCode(() => checkValue(type, false, max + 1), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });

  it.each([
    [CimType.Sint64, -(2n ** 63n), 2n ** 63n - 1n],
    [CimType.Uint64, 0n, 2n ** 64n - 1n],
  ])('of type %i are bigints from %i to %i', (type, min, max) => {
    expect(checkValue(type, false, max)).toBe(max);
    expect(checkValue(type, false, 7)).toBe(7n);
    expectCode(() => checkValue(type, false, min - 1n), 'WBEM_E_VALUE_OUT_OF_RANGE');
    expectCode(() => checkValue(type, false, max + 1n), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });

  it.each([1.5, Number.NaN, Infinity, 2 ** 53])('are exact: %d is refused', (value) => {
    expectCode(() => checkValue(CimType.Uint64, false, value), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });

  it('have no negative zero', () => {
    expect(Object.is(checkValue(CimType.Sint32, false, -0), 0)).toBe(true);
    expect(checkValue(CimType.Sint64, false, -0)).toBe(0n);
  });

  it.each([['1'], [true], [{}], [undefined], [[1]]])('are not %j', (value) => {
    expectCode(() => checkValue(CimType.Uint32, false, value), 'WBEM_E_TYPE_MISMATCH');
  });
});

describe('other scalars', () => {
  it('real32 is rounded to what it can hold, and bounded', () => {
    expect(checkValue(CimType.Real32, false, 0.1)).toBe(Math.fround(0.1));
    expect(checkValue(CimType.Real64, false, 0.1)).toBe(0.1);
    expectCode(() => checkValue(CimType.Real32, false, 1e39), 'WBEM_E_VALUE_OUT_OF_RANGE');
    expectCode(() => checkValue(CimType.Real64, false, Number.NaN), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });

  it('char16 is one UTF-16 unit', () => {
    expect(checkValue(CimType.Char16, false, '\ud800')).toBe('\ud800');
    for (const value of ['', 'ab', '😀']) {
      expectCode(() => checkValue(CimType.Char16, false, value), 'WBEM_E_TYPE_MISMATCH');
    }
  });

  it('datetime comes as text, as a Date or as fields', () => {
    const fields = checkValue(CimType.DateTime, false, '20240229120000.000000+000');
    expect(fields).toMatchObject({ kind: 'datetime', year: 2024, month: 2, day: 29 });
    expect(checkValue(CimType.DateTime, false, new Date('2024-02-29T12:00:00Z'))).toEqual(fields);
    expect(checkValue(CimType.DateTime, false, fields)).toBe(fields);
    expectCode(() => checkValue(CimType.DateTime, false, 'tomorrow'), 'WBEM_E_TYPE_MISMATCH');
    expectCode(() => checkValue(CimType.DateTime, false, new Date(Number.NaN)), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });

  it.each([
    [CimType.Boolean, 1],
    [CimType.String, 1],
    [CimType.Reference, undefined],
    [CimType.Object, {}],
    [CimType.Object, { kind: 'instance' }],
    [CimType.Object, { kind: 'class', properties: null }],
    [CimType.DateTime, { kind: 'datetime', year: 'soon' }],
    [CimType.DateTime, { kind: 'interval', days: -1 }],
    [CimType.Object, 'Win32_Process'],
    [CimType.DateTime, 5],
  ])('type %i takes no value of another type', (type, value) => {
    expectCode(() => checkValue(type, false, value), 'WBEM_E_TYPE_MISMATCH');
  });
});

describe('arrays and null', () => {
  it('null passes for any type', () => {
    expect(checkValue(CimType.Uint8, false, null)).toBeNull();
    expect(checkValue(CimType.Uint8, true, null)).toBeNull();
  });

  it('an array is checked element by element', () => {
    expect(checkValue(CimType.Uint64, true, [1, 2n])).toEqual([1n, 2n]);
    expectCode(() => checkValue(CimType.Uint8, true, [1, 256]), 'WBEM_E_VALUE_OUT_OF_RANGE');
    expectCode(() => checkValue(CimType.Uint8, true, [1, null]), 'WBEM_E_ILLEGAL_NULL');
    expectCode(() => checkValue(CimType.Uint8, true, new Array(3)), 'WBEM_E_TYPE_MISMATCH');
    expectCode(() => checkValue(CimType.Uint8, true, 1), 'WBEM_E_TYPE_MISMATCH');
  });
});

describe('embedded objects (docs/rules.md 10.3)', () => {
  const box = defineClass({ name: 'Box', properties: { Inner: 'object', Twin: 'object' } });
  const nested = (depth: number): CimInstance => {
    let object = instanceOf(box);
    for (let i = 1; i < depth; i++) object = { ...object, properties: { Inner: object, Twin: object } };
    return object;
  };

  it('nest 64 deep', () => {
    const deepest = nested(64);
    expect(checkValue(CimType.Object, false, deepest)).toBe(deepest);
  });

  it('nest no deeper', () => {
    expectCode(() => checkValue(CimType.Object, false, nested(65)), 'WBEM_E_QUOTA_VIOLATION');
  });
});
