import type { Koffi, KoffiType } from '../platform/koffi-types.ts';
import type { CDeclaration } from './c-declaration.ts';
import type { InterfaceTable, MethodArguments } from './define-interface.ts';
import type { Library, LibraryTable, NativeFunction } from './define-library.ts';
import type { advapi32 } from './libraries/advapi32.ts';
import type { kernel32 } from './libraries/kernel32.ts';
import type { ole32 } from './libraries/ole32.ts';
import type { oleaut32 } from './libraries/oleaut32.ts';
import type { secur32 } from './libraries/secur32.ts';
import type { user32 } from './libraries/user32.ts';
import type { NativeMemory } from './native-memory.ts';
import type { Ptr } from './pointer.ts';

/** What an interface's methods are called on; for `IUnknown`, any object. */
export type Self<I extends InterfaceTable> = I['name'] extends 'IUnknown' ? Ptr : Ptr<I['name']>;

/** An interface method at its address: the object comes first. */
export type NativeMethod<I extends InterfaceTable, K extends keyof I['methods']> = NativeFunction<
  [self: Self<I>, ...MethodArguments<I, K>],
  number
>;

/** An object with the methods of its interface; each returns the HRESULT, unsigned. */
export type Bound<I extends InterfaceTable> = {
  readonly ptr: Ptr<I['name']>;
} & { readonly [K in keyof I['methods']]: (...args: MethodArguments<I, K>) => number };

/** The same, called on a thread of libuv's pool. */
export type BoundAsync<I extends InterfaceTable> = {
  readonly ptr: Ptr<I['name']>;
} & { readonly [K in keyof I['methods']]: (...args: MethodArguments<I, K>) => Promise<number> };

/**
 * The raw storey: Windows' functions and COM's methods under their own names, nothing released for you.
 *
 *     const native = openNative();
 *     native.ole32.CoInitializeEx(NULL, CoInit.COINIT_MULTITHREADED);
 *     using out = native.memory.alloc(8);
 *     const query = native.oleaut32.SysAllocString('SELECT * FROM Win32_Service');
 *     const services = native.bind(IWbemServices, pointer);
 *     const hresult = services.ExecQuery(language, query, flags, NULL, out.ptr);
 *     const rows = native.bindAsync(IEnumWbemClassObject, out.pointer<'IEnumWbemClassObject'>());
 *
 * Addresses are numbers branded with what they point to. Whatever a call writes to, or reads through a
 * pointer, stands in a `NativeBlock`. In functions a constant string is a JavaScript string; in methods it is
 * an address, best a BSTR that is made once. Objects written in JavaScript come from `ComHost`.
 */
export interface Native {
  readonly ole32: Library<typeof ole32>;
  readonly oleaut32: Library<typeof oleaut32>;
  readonly advapi32: Library<typeof advapi32>;
  readonly kernel32: Library<typeof kernel32>;
  readonly secur32: Library<typeof secur32>;
  readonly user32: Library<typeof user32>;
  readonly memory: NativeMemory;
  readonly koffi: Koffi;
  /** Loads another library from its table. */
  library<T extends LibraryTable>(table: T): Library<T>;
  /**
   * One method of one object, as fast as it gets: two reads of memory, then a cached callable. Call it with
   * the object first. Hold it no longer than the object.
   */
  method<I extends InterfaceTable, K extends keyof I['methods'] & string>(
    table: I,
    name: K,
    self: Self<I>,
  ): NativeMethod<I, K>;
  /** An object's methods on this thread. The reference stays yours. */
  bind<I extends InterfaceTable>(table: I, self: Self<I>): Bound<I>;
  /**
   * An object's methods on a pool thread (four by default, shared with `fs`). Everything that an argument
   * points to must live until the promise settles. At most 256 calls wait at a time.
   */
  bindAsync<I extends InterfaceTable>(table: I, self: Self<I>): BoundAsync<I>;
  /** The prototype of a method, for `koffi.register`: the object first, then the arguments. */
  methodPrototype(args: readonly CDeclaration[]): KoffiType;
  /**
   * Runs one synchronous Windows call and returns its result with `GetLastError`, 0 when it set none.
   * Never for `async` calls: the error belongs to the thread that made the call.
   * @see docs/rules.md 7.3
   */
  withLastError<R>(call: () => R): { readonly result: R; readonly lastError: number };
}
