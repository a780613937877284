import type { Native, Ptr } from '@wmisec/com-core';

/** A BSTR that is freed with the block. */
export function nativeText({ oleaut32 }: Native, text: string): Disposable & { readonly ptr: Ptr<'BSTR'> } {
  const ptr = oleaut32.SysAllocStringLen(text, text.length);
  return { ptr, [Symbol.dispose]: () => oleaut32.SysFreeString(ptr) };
}
