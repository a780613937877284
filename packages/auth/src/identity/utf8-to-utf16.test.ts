import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8ToUtf16 } from './utf8-to-utf16.ts';

test('any text comes out as Node encodes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(Buffer.from(utf8ToUtf16(Buffer.from(text, 'utf8'))!)).toEqual(Buffer.from(text, 'utf16le'));
    }),
  );
});

test('any bytes are UTF-8 or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      const valid = Buffer.from(text, 'utf8').equals(bytes);
      expect(utf8ToUtf16(bytes) !== null).toBe(valid);
    }),
  );
});
