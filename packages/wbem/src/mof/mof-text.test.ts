import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { charText, nameText, realText, stringText } from './mof-text.ts';

describe('strings in MOF', () => {
  it.each([
    ['say "hi"', String.raw`"say \"hi\""`],
    ["it's C:\\", String.raw`"it's C:\\"`],
    ['a\tb\r\n', String.raw`"a\tb\r\n"`],
    ['\x001', String.raw`"\x00001"`],
    ['\x7f\x85', String.raw`"\x007F\x0085"`],
    ['\ud800 alone', String.raw`"\xD800 alone"`],
    ['\ufeff', String.raw`"\xFEFF"`],
    ['Tür 😀', '"Tür 😀"'],
  ])('escape what would not be read back: %j', (value, text) => {
    expect(stringText(value)).toBe(text);
  });

  it.each([
    ['A', "'A'"],
    ["'", String.raw`'\''`],
    ['"', `'"'`],
    ['\0', String.raw`'\x0000'`],
    ['\udc00', String.raw`'\xDC00'`],
  ])('of one unit: %j', (value, text) => {
    expect(charText(value)).toBe(text);
  });
});

describe('reals in MOF', () => {
  it.each([
    [5, '5.0'],
    [-0, '-0.0'],
    [1.5, '1.5'],
    [1e21, '1.0e+21'],
    [-2e-7, '-2.0e-7'],
    [1.25e300, '1.25e+300'],
  ])('%d has a point', (value, text) => {
    expect(realText(value)).toBe(text);
  });

  it.each([Number.NaN, Infinity])('%d cannot be written', (value) => {
    expectCode(() => realText(value), 'WBEM_E_VALUE_OUT_OF_RANGE');
  });
});

describe('names in MOF', () => {
  it.each(['', 'X {};', 'a b', '1a'])('are never %j', (name) => {
    expectCode(() => nameText(name), 'WBEM_E_INVALID_PARAMETER');
  });
});
