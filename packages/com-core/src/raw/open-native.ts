import { win32 } from 'node:path';
import type { Koffi, KoffiType } from '../platform/koffi-types.ts';
import { loadKoffi } from '../platform/load-koffi.ts';
import { type CDeclaration, parseDeclaration, widthOf } from './c-declaration.ts';
import type { InterfaceTable } from './define-interface.ts';
import { isText, type Library, type LibraryTable } from './define-library.ts';
import { advapi32 } from './libraries/advapi32.ts';
import { kernel32 } from './libraries/kernel32.ts';
import { ole32 } from './libraries/ole32.ts';
import { oleaut32 } from './libraries/oleaut32.ts';
import { secur32 } from './libraries/secur32.ts';
import { user32 } from './libraries/user32.ts';
import { MethodCache } from './method-cache.ts';
import type { Bound, BoundAsync, Native, NativeMethod, Self } from './native.ts';
import { NativeMemory } from './native-memory.ts';

/**
 * Opens the raw storey. Libraries, functions and methods are looked up when they are first used.
 * @throws WmisecError `UNSUPPORTED_PLATFORM` where there is no 64-bit Windows
 */
export function openNative(): Native {
  return new KoffiNative(loadKoffi());
}

class KoffiNative implements Native {
  readonly koffi: Koffi;
  readonly ole32: Library<typeof ole32>;
  readonly oleaut32: Library<typeof oleaut32>;
  readonly advapi32: Library<typeof advapi32>;
  readonly kernel32: Library<typeof kernel32>;
  readonly secur32: Library<typeof secur32>;
  readonly user32: Library<typeof user32>;
  readonly memory: NativeMemory;
  readonly #methods: MethodCache;

  constructor(koffi: Koffi) {
    this.koffi = koffi;
    this.ole32 = this.library(ole32);
    this.oleaut32 = this.library(oleaut32);
    this.advapi32 = this.library(advapi32);
    this.kernel32 = this.library(kernel32);
    this.secur32 = this.library(secur32);
    this.user32 = this.library(user32);
    this.memory = new NativeMemory(koffi);
    this.#methods = new MethodCache(this);
  }

  library<T extends LibraryTable>(table: T): Library<T> {
    const library = {};
    for (const [name, [result, ...args]] of Object.entries(table.functions)) {
      const types = args.map((arg) => (isText(arg) ? 'str16' : parseDeclaration(arg).width));
      defineLazily(library, name, () => this.#load(table.file).func(name, widthOf(result), types));
    }
    return library as Library<T>;
  }

  /** Windows' own libraries come from its system folder, never from beside the program. */
  #load(file: string): ReturnType<Koffi['load']> {
    return this.koffi.load(win32.isAbsolute(file) ? file : win32.join(systemFolder(this.koffi), file));
  }

  method<I extends InterfaceTable, K extends keyof I['methods'] & string>(
    table: I,
    name: K,
    self: Self<I>,
  ): NativeMethod<I, K> {
    return this.#methods.find(table, name, self) as unknown as NativeMethod<I, K>;
  }

  bind<I extends InterfaceTable>(table: I, self: Self<I>): Bound<I> {
    return this.#methods.bind(table, self) as Bound<I>;
  }

  bindAsync<I extends InterfaceTable>(table: I, self: Self<I>): BoundAsync<I> {
    return this.#methods.bindAsync(table, self) as BoundAsync<I>;
  }

  methodPrototype(args: readonly CDeclaration[]): KoffiType {
    return this.koffi.proto('uint32', ['int64', ...args.map((arg) => parseDeclaration(arg).width)]);
  }

  withLastError<R>(call: () => R): { readonly result: R; readonly lastError: number } {
    const { SetLastError, GetLastError } = this.kernel32;
    SetLastError(0);
    const result = call();
    return { result, lastError: GetLastError() };
  }
}

function systemFolder(koffi: Koffi): string {
  const find = koffi.load('kernel32.dll').func('GetSystemDirectoryW', 'uint32', ['void *', 'uint32']);
  const path = new Uint16Array(260);
  const length: number = find(path, path.length);
  return String.fromCharCode(...path.subarray(0, length));
}

function defineLazily(target: object, name: string, load: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = load();
      Object.defineProperty(target, name, { value, enumerable: true });
      return value;
    },
  });
}
