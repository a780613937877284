import type { Native } from '../raw/native.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';

/** A secret in a BSTR: made from bytes, never from a JavaScript string, and zeroed before it is freed. */
export class SecretBstr implements Disposable {
  readonly #native: Native;
  readonly #bytes: Uint8Array;
  #ptr: Ptr<'BSTR'>;

  /** @param utf16 UTF-16LE without a terminator; copied. */
  constructor(native: Native, utf16: Uint8Array) {
    this.#native = native;
    this.#ptr = native.oleaut32.SysAllocStringLen(null, utf16.length / 2);
    this.#bytes = new Uint8Array(native.koffi.view(BigInt(this.#ptr), utf16.length + 2));
    this.#bytes.set(utf16);
    this.#bytes.fill(0, utf16.length);
  }

  get ptr(): Ptr<'BSTR'> {
    return this.#ptr;
  }

  [Symbol.dispose](): void {
    if (this.#ptr === NULL) return;
    this.#bytes.fill(0);
    this.#native.oleaut32.SysFreeString(this.#ptr);
    this.#ptr = NULL;
  }
}
