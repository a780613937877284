import type { CimDateTime, CimInstance, CimInterval, TypeWord } from '@wmisec/wbem';

/** A type as a schema writes it: `uint32`, `string[]`, `ref:Win32_Service`. */
export type SchemaType = TypeWord | `${TypeWord}[]`;

interface Read {
  boolean: boolean;
  string: string;
  char16: string;
  datetime: CimDateTime | CimInterval;
  ref: string;
  object: CimInstance;
  uint64: bigint;
  sint64: bigint;
}

/** What a handler may give: also what becomes the type without loss. */
interface Written extends Omit<Read, 'uint64' | 'sint64' | 'datetime'> {
  datetime: CimDateTime | CimInterval | Date | string;
  uint64: bigint | number;
  sint64: bigint | number;
}

type Named<W extends string, Map> = W extends keyof Map
  ? Map[W]
  : W extends `ref:${string}`
    ? string
    : W extends `object:${string}`
      ? CimInstance
      : number;

/** The value of a type as handlers receive it; null is added where it is allowed. */
export type ValueOf<T extends string> = T extends `${infer Element}[]`
  ? readonly Named<Element, Read>[]
  : Named<T, Read>;

/** The value of a type as handlers may give it. */
export type GivenValueOf<T extends string> = T extends `${infer Element}[]`
  ? readonly Named<Element, Written>[]
  : Named<T, Written>;
