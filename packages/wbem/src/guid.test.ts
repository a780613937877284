import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGuid, encodeGuid, type Guid, parseGuid } from './guid.ts';
import { expectCode } from './testing.ts';

// CLSID_WbemLocator, as the DEFINE_GUID of wbemcli.h spells its fields out.
const locator: Guid = '{4590F811-1D3A-11D0-891F-00AA004B2E24}';
const bytes = Uint8Array.of(
  0x11,
  0xf8,
  0x90,
  0x45,
  0x3a,
  0x1d,
  0xd0,
  0x11,
  0x89,
  0x1f,
  0,
  0xaa,
  0,
  0x4b,
  0x2e,
  0x24,
);

describe('GUIDs ([MS-DTYP] 2.3.4)', () => {
  it('have three little-endian fields, then bytes as written', () => {
    expect(encodeGuid(locator)).toEqual(bytes);
    expect(decodeGuid(bytes)).toBe(locator);
  });

  it('are read in any case, with braces or without', () => {
    expect(parseGuid('4590f811-1d3a-11d0-891f-00aa004b2e24')).toBe(locator);
    expect(parseGuid(locator)).toBe(locator);
  });

  it('are decoded at an offset, and never past the end', () => {
    expect(decodeGuid(Uint8Array.of(0, ...bytes), 1)).toBe(locator);
    for (const offset of [-1, 1, 17]) expect(() => decodeGuid(bytes, offset)).toThrow(RangeError);
    expect(() => decodeGuid(bytes, Number.NaN)).toThrow(RangeError);
  });

  it('leave the bytes that they come from as they are', () => {
    const given = bytes.slice();
    decodeGuid(given);
    expect(given).toEqual(bytes);
  });

  it('go there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (given) => {
        expect(encodeGuid(decodeGuid(given))).toEqual(given);
      }),
    );
  });

  it.each([
    '',
    '{}',
    '4590f811',
    'g590f811-1d3a-11d0-891f-00aa004b2e24',
    `${locator} `,
    `x${locator}`,
    '{'.repeat(1e5),
  ])('are not %.50j', (text) => {
    expectCode(() => parseGuid(text), 'INVALID_GUID');
  });
});
