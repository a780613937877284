import type { Ptr } from './pointer.ts';

/**
 * Declarations are the headers' own words, `'const BSTR strUser'` or `'IWbemServices **ppNamespace'`. From
 * the same text come the TypeScript type, the width that crosses the boundary and what the tests compare
 * with the headers.
 */
export type CDeclaration = string;

/** Numbers in C; everything else that is not listed here is a pointer or an alias of one. */
const WIDTHS = {
  void: 'void',
  BOOL: 'int32',
  WINBOOL: 'int32',
  LONG: 'int32',
  INT: 'int32',
  int: 'int32',
  CIMTYPE: 'int32',
  HRESULT: 'uint32',
  ULONG: 'uint32',
  DWORD: 'uint32',
  UINT: 'uint32',
  LCID: 'uint32',
  SECURITY_INFORMATION: 'uint32',
  TOKEN_INFORMATION_CLASS: 'int32',
  TOKEN_TYPE: 'int32',
  SECURITY_IMPERSONATION_LEVEL: 'int32',
  EXTENDED_NAME_FORMAT: 'int32',
  USHORT: 'uint16',
  VARTYPE: 'uint16',
  BOOLEAN: 'uint8',
  BYTE: 'uint8',
  'unsigned char': 'uint8',
  SIZE_T: 'int64',
} as const;

export type CWidth = (typeof WIDTHS)[keyof typeof WIDTHS];
type Scalar = Exclude<keyof typeof WIDTHS, 'void'>;

/** Names that hide a pointer, and what it points to. */
type PointerNames = {
  BSTR: 'BSTR';
  LPOLESTR: 'WCHAR' | 'BSTR';
  LPWSTR: 'WCHAR' | 'BSTR';
  LPCWSTR: 'WCHAR' | 'BSTR';
  WBEM_WSTR: 'WCHAR' | 'BSTR';
  WBEM_CWSTR: 'WCHAR' | 'BSTR';
  WBEM_128BITS: 'BYTE';
  REFIID: 'GUID';
  REFGUID: 'GUID';
  REFCLSID: 'GUID';
  LPIID: 'GUID';
  LPCLSID: 'GUID';
  // biome-ignore lint/suspicious/noExplicitAny: these stand for void pointers
  LPVOID: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  PVOID: any;
};

type Plain<D extends string> = D extends `const ${infer Rest}` ? Plain<Rest> : D;
type Named<N extends string> = N extends keyof PointerNames ? Ptr<PointerNames[N]> : Ptr<N>;
type Pointee<N extends string> = N extends 'void' | 'IUnknown' ? Ptr : Ptr<Synonyms<N>>;
type Synonyms<N extends string> = N extends 'VARIANTARG'
  ? 'VARIANT'
  : N extends 'OLECHAR' | 'WCHAR'
    ? 'WCHAR' | 'BSTR'
    : N;

/** The TypeScript type of a declared argument. */
export type CArgument<D extends string> =
  Plain<D> extends `${infer T} **${string}`
    ? Ptr<`${T}*`>
    : Plain<D> extends `${infer T} *${string}`
      ? Pointee<T>
      : Plain<D> extends `${Scalar} ${string}`
        ? number
        : Plain<D> extends `${infer T} ${string}`
          ? Named<T>
          : never;

export type CArguments<D extends readonly string[]> = { -readonly [K in keyof D]: CArgument<D[K]> };

/** The TypeScript type of what a function gives back, from the bare type name. */
export type CResult<T extends string> = T extends 'void'
  ? undefined
  : T extends Scalar
    ? number
    : T extends `${infer N} *`
      ? Pointee<N>
      : Named<T>;

export interface ParsedDeclaration {
  /** The type as C spells it, without the name: `IWbemServices **`. */
  readonly type: string;
  readonly name: string;
  readonly width: CWidth;
}

/** Takes `'const BSTR strUser'` apart. */
export function parseDeclaration(declaration: CDeclaration): ParsedDeclaration {
  const match = /^(.*?)([A-Za-z_]\w*)$/.exec(declaration);
  if (match === null) throw new TypeError(`not a C declaration: ${declaration}`);
  const type = match[1]!.trim();
  return { type, name: match[2]!, width: widthOf(type) };
}

/** How a C type crosses the boundary: by its number's width, or as a 64-bit pointer. */
export function widthOf(type: string): CWidth {
  const plain = type.replace(/^const /, '');
  return Object.hasOwn(WIDTHS, plain) ? WIDTHS[plain as keyof typeof WIDTHS] : 'int64';
}
