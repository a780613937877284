import type { Native } from '../raw/native.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';

/** A string in COM's memory; null is the null pointer. */
export class Bstr implements Disposable {
  readonly #native: Native;
  #ptr: Ptr<'BSTR'>;

  constructor(native: Native, text: string | null) {
    this.#native = native;
    this.#ptr = text === null ? NULL : native.oleaut32.SysAllocStringLen(text, text.length);
  }

  get ptr(): Ptr<'BSTR'> {
    return this.#ptr;
  }

  /** Gives the string away, to a VARIANT for instance. */
  detach(): Ptr<'BSTR'> {
    const ptr = this.#ptr;
    this.#ptr = NULL;
    return ptr;
  }

  [Symbol.dispose](): void {
    this.#native.oleaut32.SysFreeString(this.detach());
  }
}

/** Takes a string over from an out parameter: its text; null for the null pointer. */
export function takeBstr(native: Native, ptr: Ptr<'BSTR'>): string | null {
  if (ptr === NULL) return null;
  const text = native.memory.readText(ptr);
  native.oleaut32.SysFreeString(ptr);
  return text;
}
