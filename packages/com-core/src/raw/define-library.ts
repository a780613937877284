import type { CArgument, CDeclaration, CResult } from './c-declaration.ts';

/** A function's result type, then its arguments. */
export type FunctionDeclaration = readonly [result: string, ...args: CDeclaration[]];

export type FunctionTable = Readonly<Record<string, FunctionDeclaration>>;

/** The functions of one system library that this package calls, in the headers' words. */
export interface LibraryTable<F extends FunctionTable = FunctionTable> {
  /** `ole32.dll` */
  readonly file: string;
  readonly functions: F;
}

/** A constant string is passed as a JavaScript string here, and as an address in interface methods. */
type EntryArgument<D extends string> = D extends `LPCWSTR ${string}` | `const OLECHAR *${string}`
  ? string | null
  : CArgument<D>;

type EntryArguments<D extends readonly string[]> = { -readonly [K in keyof D]: EntryArgument<D[K]> };

/** A C function, called on this thread, or on a thread of libuv's pool with `async`. */
export interface NativeFunction<A extends unknown[], R> {
  (...args: A): R;
  readonly async: (...args: [...A, done: (error: unknown, result: R) => void]) => void;
}

/** The functions of a library, each looked up when it is first touched. */
export type Library<T extends LibraryTable> = {
  readonly [K in keyof T['functions']]: T['functions'][K] extends readonly [
    infer R extends string,
    ...infer A extends readonly string[],
  ]
    ? NativeFunction<EntryArguments<A>, CResult<R>>
    : never;
};

export function defineLibrary<const F extends FunctionTable>(file: string, functions: F): LibraryTable<F> {
  return { file, functions };
}

/** Whether a declared argument is given as a JavaScript string. */
export function isText(declaration: CDeclaration): boolean {
  return /^(LPCWSTR |const OLECHAR \*)/.test(declaration);
}
