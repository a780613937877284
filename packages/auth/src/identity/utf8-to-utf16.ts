import { isUtf8 } from 'node:buffer';
import { secretBytes } from './secret-bytes.ts';

/**
 * UTF-8 as UTF-16LE, from bytes to bytes: decoders of the platform leave a copy of a secret behind, in a string
 * or a buffer of their own.
 * @returns null when the bytes are not UTF-8.
 */
export function utf8ToUtf16(utf8: Uint8Array): Uint8Array | null {
  if (!isUtf8(utf8)) return null;
  const units = secretBytes(utf8.length * 2);
  const view = new DataView(units.buffer);
  let length = 0;
  const put = (unit: number) => {
    view.setUint16(length, unit, true);
    length += 2;
  };
  for (let at = 0; at < utf8.length; ) {
    const size = sequenceLength(utf8[at]!);
    const point = codePoint(utf8, at, size);
    at += size;
    if (point < 0x10000) put(point);
    else {
      put(0xd800 | ((point - 0x10000) >> 10));
      put(0xdc00 | (point & 0x3ff));
    }
  }
  return units.subarray(0, length);
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function codePoint(utf8: Uint8Array, at: number, size: number): number {
  let point = size === 1 ? utf8[at]! : utf8[at]! & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) point = (point << 6) | (utf8[at + i]! & 0x3f);
  return point;
}
