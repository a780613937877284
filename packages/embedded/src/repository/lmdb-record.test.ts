import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecord, encodeRecord } from './lmdb-record.ts';

test('a record comes back as it was', () => {
  const record = { number: 7, value: { big: 1n, list: [Number.NaN, -0, null], bytes: Uint8Array.of(1) } };
  expect(decodeRecord(encodeRecord(record))).toEqual(record);
});

test('any bytes are a record or a RangeError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(() => decodeRecord(Buffer.from(bytes))).toThrow(RangeError);
    }),
  );
});

test('a record that was cut or changed in one bit is no record', () => {
  const bytes = encodeRecord({ number: 1, value: { Name: 'front' } });
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeRecord(bytes.subarray(0, length))).toThrow(RangeError);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => decodeRecord(changed)).toThrow(RangeError);
  }
});

test('a version from the future is named', () => {
  const bytes = encodeRecord({ number: 1, value: null });
  bytes[0] = 2;
  expect(() => decodeRecord(bytes)).toThrow('expected version 1, got 2');
});
