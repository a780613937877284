import { decodeGuid, encodeGuid, type Guid } from '@wmisec/wbem';
import type { Koffi } from '../platform/koffi-types.ts';
import { NULL, type Ptr } from './pointer.ts';

const HIGH = 2 ** 32;

/** A piece of native memory that stays where it is until `free`: for out parameters and structs. */
export class NativeBlock {
  readonly ptr: Ptr;
  /** The block's content, without a copy; must not be used after `free`. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  #free: (() => void) | undefined;

  constructor(ptr: number, content: ArrayBuffer, free: () => void) {
    this.ptr = ptr as Ptr;
    this.bytes = new Uint8Array(content);
    this.view = new DataView(content);
    this.#free = free;
  }

  /** The address of a place in the block, `offset` in bytes. */
  // biome-ignore lint/suspicious/noExplicitAny: a place is a void pointer unless said otherwise
  at<T extends string = any>(offset: number): Ptr<T> {
    return (this.ptr + offset) as Ptr<T>;
  }

  /** Reads the pointer that stands at a place, such as an out parameter. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  pointer<T extends string = any>(offset = 0): Ptr<T> {
    return readPointer(this.view, offset) as Ptr<T>;
  }

  /** Writes a pointer, 0 by default. */
  setPointer(offset: number, value: Ptr = NULL): void {
    writePointer(this.view, offset, value);
  }

  /** Zeroes the content and gives the memory back; does nothing the second time. */
  free(): void {
    const free = this.#free;
    if (free === undefined) return;
    this.#free = undefined;
    this.bytes.fill(0);
    free();
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

/** Native memory: blocks of our own, and reading what an address points to. */
export class NativeMemory {
  readonly #koffi: Koffi;
  readonly #int64: (address: Ptr) => number | bigint;

  constructor(koffi: Koffi) {
    this.#koffi = koffi;
    this.#int64 = koffi.decode.int64;
  }

  /** `size` zeroed bytes, which the caller frees. */
  alloc(size: number): NativeBlock {
    const address = this.#koffi.alloc('uint8_t', size) as bigint;
    const block = new NativeBlock(Number(address), this.#koffi.view(address, size), () =>
      this.#koffi.free(address),
    );
    block.bytes.fill(0);
    return block;
  }

  /** A GUID in native memory, which the caller frees. */
  guid(guid: Guid): NativeBlock {
    const block = this.alloc(16);
    block.bytes.set(encodeGuid(guid));
    return block;
  }

  /** A copy of `size` bytes at an address. */
  read(address: Ptr, size: number): Uint8Array {
    return size === 0 ? new Uint8Array() : new Uint8Array(this.#koffi.view(address, size)).slice();
  }

  readGuid(address: Ptr<'GUID'>): Guid {
    return decodeGuid(this.read(address, 16));
  }

  /** The pointer that an address points to. */
  readPointer<T extends string>(address: Ptr<`${T}*`>): Ptr<T> {
    return Number(this.#int64(address)) as Ptr<T>;
  }

  writePointer(address: Ptr, value: Ptr): void {
    this.#koffi.encode(address, 'int64', value);
  }

  writeUint32(address: Ptr, value: number): void {
    this.#koffi.encode(address, 'uint32', value);
  }

  /** UTF-16 text: up to its terminator, or of `length` units. */
  readText(address: Ptr<'WCHAR' | 'BSTR'>, length?: number): string {
    const { string16 } = this.#koffi.decode;
    return length === undefined ? string16(address) : string16(address, length);
  }
}

/** The pointer at an offset. */
export function readPointer(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getInt32(offset + 4, true) * HIGH;
}

export function writePointer(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value >>> 0, true);
  view.setInt32(offset + 4, Math.floor(value / HIGH), true);
}
