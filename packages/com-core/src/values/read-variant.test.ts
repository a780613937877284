import { CimType, type CimValue, parseDateTime, WbemError } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Native } from '../raw/native.ts';
import { naturalType, readVariant, type ValueSource } from './read-variant.ts';

/** Memory that has the same text at every address. */
function sourceWith(text: string): ValueSource {
  const memory = { readText: () => text, read: () => new Uint8Array(32) };
  return {
    native: { memory } as unknown as Native,
    embedded: () => {
      throw new WbemError(0x80041005, 'no objects here');
    },
  };
}

function read(vt: number, bytes: readonly number[], type: CimType, text = ''): CimValue {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint16(0, vt, true);
  for (const [i, byte] of bytes.entries()) view.setUint8(8 + i, byte);
  return readVariant(sourceWith(text), view, 0, type, false);
}

const SOMEWHERE = [0, 0, 1];
const ONES = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

test('unsigned integers come out of signed VARIANTs', () => {
  expect(read(3, ONES, CimType.Uint32)).toBe(0xffffffff);
  expect(read(3, ONES, CimType.Sint32)).toBe(-1);
  expect(read(3, [0xff, 0xff], CimType.Uint16)).toBe(0xffff);
  expect(read(2, ONES, CimType.Sint8)).toBe(-1);
  expect(read(17, ONES, CimType.Uint8)).toBe(255);
});

test('64-bit integers come out of text, and out of the VARIANT types that hold them', () => {
  expect(read(8, SOMEWHERE, CimType.Uint64, '18446744073709551615')).toBe(18446744073709551615n);
  expect(read(8, SOMEWHERE, CimType.Sint64, '-9223372036854775808')).toBe(-9223372036854775808n);
  expect(read(20, ONES, CimType.Sint64)).toBe(-1n);
  expect(read(20, ONES, CimType.Uint64)).toBe(18446744073709551615n);
});

test.each(['', ' 1', '1.0', '1e3', '-', '0x', '123456789012345678901'])(
  'the text %j is no 64-bit integer',
  (text) => {
    expect(() => read(8, SOMEWHERE, CimType.Uint64, text)).toThrow(
      expect.objectContaining({ code: 'WBEM_E_TYPE_MISMATCH' }),
    );
  },
);

test('a datetime is taken apart; what is none stays text', () => {
  const text = '20260102030405.678901+060';
  expect(read(8, SOMEWHERE, CimType.DateTime, text)).toEqual(parseDateTime(text));
  expect(read(8, SOMEWHERE, CimType.DateTime, 'yesterday')).toBe('yesterday');
});

test('the null pointer is the empty string, VT_NULL and VT_EMPTY are null', () => {
  expect(read(8, [], CimType.String, 'elsewhere')).toBe('');
  expect(read(1, [], CimType.String)).toBeNull();
  expect(read(0, [], CimType.Uint32)).toBeNull();
});

test('a VARIANT of type VT_ERROR is the failure that it holds', () => {
  expect(() => read(10, [0x03, 0x10, 0x04, 0x80], CimType.String)).toThrow(
    expect.objectContaining({ code: 'WBEM_E_ACCESS_DENIED' }),
  );
});

test('no VARIANT makes reading fail with anything but a WbemError', () => {
  const types = fc.constantFrom(...Object.values(CimType));
  const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 16 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff }), bytes, types, fc.string(), (vt, content, type, text) => {
      try {
        read(vt, content, type, text);
      } catch (error) {
        expect(error).toBeInstanceOf(WbemError);
      }
    }),
  );
});

test('the type of a VARIANT speaks for itself where nothing else does', () => {
  expect([11, 3, 5, 8, 0x2003].map(naturalType)).toEqual([
    CimType.Boolean,
    CimType.Sint32,
    CimType.Real64,
    CimType.String,
    CimType.Sint32,
  ]);
});
