/** Collects the bytes of a small structure; each call returns the writer. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  uint8(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  uint16(value: number): this {
    this.#bytes.push(value & 0xff, (value >>> 8) & 0xff);
    return this;
  }

  uint32(value: number): this {
    this.uint16(value & 0xffff);
    this.uint16(value >>> 16);
    return this;
  }

  /** Two's complement of 64 bits, whatever the sign. */
  int64(value: bigint): this {
    const bits = BigInt.asUintN(64, value);
    this.uint32(Number(bits & 0xffff_ffffn));
    this.uint32(Number(bits >> 32n));
    return this;
  }

  put(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  utf16(text: string): this {
    for (let i = 0; i < text.length; i++) this.uint16(text.charCodeAt(i));
    return this;
  }

  setUint32(offset: number, value: number): this {
    for (let i = 0; i < 4; i++) this.#bytes[offset + i] = (value >>> (8 * i)) & 0xff;
    return this;
  }

  /** What was written, with zeros up to a multiple of 4. */
  padded(): Uint8Array {
    const out = new Uint8Array((this.#bytes.length + 3) & ~3);
    out.set(this.#bytes);
    return out;
  }
}
