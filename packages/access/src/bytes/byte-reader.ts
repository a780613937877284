import { readUint16, readUint32 } from './little-endian.ts';

/** Reads bytes from left to right and never past their end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #missing: () => Error;
  at: number;

  /** @param missing makes the error that is thrown when bytes are missing. */
  constructor(bytes: Uint8Array, missing: () => Error, at = 0) {
    this.bytes = bytes;
    this.#missing = missing;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** A reader of the same bytes at another place. */
  from(offset: number): ByteReader {
    return new ByteReader(this.bytes, this.#missing, offset);
  }

  /** Passes `length` bytes and returns a view of them. */
  take(length: number): Uint8Array {
    const start = this.at;
    if (start > this.bytes.length || length > this.bytes.length - start) throw this.#missing();
    this.at = start + length;
    return this.bytes.subarray(start, this.at);
  }

  uint8(): number {
    return this.take(1)[0]!;
  }

  uint16(): number {
    return readUint16(this.take(2), 0);
  }

  uint32(): number {
    return readUint32(this.take(4), 0);
  }

  int64(): bigint {
    const low = BigInt(this.uint32());
    return BigInt.asIntN(64, (BigInt(this.uint32()) << 32n) | low);
  }
}
