import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/**
 * A record on disk: the version of this layout (1 byte), a CRC-32 of what follows (4 bytes, big-endian), and a
 * pair of the record's number and its value in V8's structured-clone format, which keeps bigints, NaN, negative
 * zero and typed arrays.
 */
const VERSION = 1;
const HEADER_BYTES = 5;

/** A value and its place in the order of creation. */
export interface NumberedRecord {
  readonly number: number;
  readonly value: unknown;
}

export function encodeRecord({ number, value }: NumberedRecord): Buffer {
  const payload = serialize([number, value]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt32BE(crc32(payload), 1);
  return Buffer.concat([header, payload]);
}

/** @throws RangeError that says what is wrong with the bytes. */
export function decodeRecord(bytes: Buffer): NumberedRecord {
  const version = bytes[0];
  if (version !== VERSION) throw new RangeError(`expected version ${VERSION}, got ${version ?? 'no bytes'}`);
  if (bytes.length <= HEADER_BYTES) throw new RangeError(`expected a value, got ${bytes.length} bytes`);
  const payload = bytes.subarray(HEADER_BYTES);
  if (crc32(payload) !== bytes.readUInt32BE(1)) throw new RangeError('its checksum does not match');
  return numbered(deserialized(payload));
}

function deserialized(payload: Buffer): unknown {
  try {
    return deserialize(payload);
  } catch (cause) {
    throw new RangeError('its value cannot be decoded', { cause });
  }
}

function numbered(pair: unknown): NumberedRecord {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'number')
    throw new RangeError('expected a number and a value');
  return { number: pair[0], value: pair[1] };
}
