declare const pointee: unique symbol;

/**
 * The address of a `T` in native memory, such as `Ptr<'IWbemServices'>`, `Ptr<'BSTR'>` or, for a place that
 * holds a pointer, `Ptr<'IWbemServices*'>`. It is a plain number: addresses of 64-bit Windows processes
 * have 47 bits. Nothing is counted or released by it. Without a type argument it is C's `void *`.
 */
// biome-ignore lint/suspicious/noExplicitAny: a void pointer converts to and from every other
export type Ptr<T extends string = any> = number & { readonly [pointee]: T };

export const NULL = 0 as Ptr<never>;

/** `COLE_DEFAULT_PRINCIPAL` and `COLE_DEFAULT_AUTHINFO`: the pointer value -1. */
export const COLE_DEFAULT = -1 as Ptr<never>;
