import type { Guid } from '@wmisec/wbem';
import type { CArguments, CDeclaration } from './c-declaration.ts';

/** Methods in the order of their slots, each with its arguments after `this`. */
export type MethodTable = Readonly<Record<string, readonly CDeclaration[]>>;

/** One COM interface: the only place where its methods, their order and their arguments are written. */
export interface InterfaceTable<N extends string = string, M extends MethodTable = MethodTable> {
  readonly name: N;
  readonly iid: Guid;
  readonly base: InterfaceTable | null;
  /** Inherited methods first: a method's position is its slot. */
  readonly methods: M;
  /** The header that declares it. */
  readonly header: string;
}

/** The arguments of a method after `this`. */
export type MethodArguments<I extends InterfaceTable, K extends keyof I['methods']> = CArguments<
  I['methods'][K]
>;

/** Writes an interface down. `own` holds the methods that the base does not have, in slot order. */
export function defineInterface<
  const N extends string,
  const M extends MethodTable,
  B extends MethodTable = Record<never, never>,
>(
  header: string,
  name: N,
  iid: Guid,
  base: InterfaceTable<string, B> | null,
  own: M,
): InterfaceTable<N, B & M> {
  const methods = { ...base?.methods, ...own } as B & M;
  return { name, iid, base, methods, header };
}

/** The interface and everything it inherits from, the most derived first. */
export function lineage(table: InterfaceTable): InterfaceTable[] {
  const line: InterfaceTable[] = [];
  for (let t: InterfaceTable | null = table; t !== null; t = t.base) line.push(t);
  return line;
}
