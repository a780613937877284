import type { ClassSchema } from './class-schema.ts';
import type { MethodSchemaSpec, ParameterSpecs, PropertySpecs } from './schema-spec.ts';
import type { GivenValueOf, ValueOf } from './value-types.ts';

type TypeOf<S> = S extends string ? S : S extends { readonly type: infer T extends string } ? T : never;

type Present<S> = S extends { readonly key: true } | { readonly notNull: true } ? never : null;

type KeyNames<P extends PropertySpecs> = {
  [N in keyof P]: P[N] extends { readonly key: true } ? N : never;
}[keyof P];

type Properties<S> = S extends ClassSchema<infer P, infer _M> ? P : never;
type Methods<S> = S extends ClassSchema<infer _P, infer M> ? M : never;

/** An instance of a class with all of its properties. */
export type Row<S> = {
  readonly [N in keyof Properties<S>]: ValueOf<TypeOf<Properties<S>[N]>> | Present<Properties<S>[N]>;
};

/** An instance as a handler gives it: keys, and of the other properties what there is. */
export type GivenRow<S> = {
  readonly [N in KeyNames<Properties<S>>]: GivenValueOf<TypeOf<Properties<S>[N]>>;
} & {
  readonly [N in Exclude<keyof Properties<S>, KeyNames<Properties<S>>>]?:
    | GivenValueOf<TypeOf<Properties<S>[N]>>
    | Present<Properties<S>[N]>;
};

/** What identifies an instance. */
export type Keys<S> = Pick<Row<S>, KeyNames<Properties<S>> & keyof Row<S>>;

export type MethodNames<S> = keyof Methods<S> & string;

type Parameters<P> = P extends ParameterSpecs
  ? { readonly [N in keyof P]: ValueOf<TypeOf<P[N]>> | null }
  : object;
type GivenParameters<P> = P extends ParameterSpecs
  ? { readonly [N in keyof P]?: GivenValueOf<TypeOf<P[N]>> | null }
  : object;

type SpecOf<S, N extends MethodNames<S>> = Methods<S>[N] extends MethodSchemaSpec ? Methods<S>[N] : never;

/** The parameters in of a method, null where none was given and there is no default. */
export type InParams<S, N extends MethodNames<S>> = Parameters<SpecOf<S, N>['in']>;

type Returned<M> = M extends { readonly returns: infer T extends string }
  ? { readonly ReturnValue: GivenValueOf<T> | null }
  : object;

/** What a method gives: its parameters out, and `ReturnValue` where it has one. */
export type OutParams<S, N extends MethodNames<S>> = GivenParameters<SpecOf<S, N>['out']> &
  Returned<SpecOf<S, N>>;

/** Nothing has to be given where nothing is declared. */
export type MethodOutcome<S, N extends MethodNames<S>> =
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that gives nothing back is a function of type void
  object extends OutParams<S, N> ? OutParams<S, N> | void : OutParams<S, N>;

/** On whom a method is called: the keys of its instance; null for a static one. */
export type MethodKeys<S, N extends MethodNames<S>> =
  SpecOf<S, N> extends { readonly static: true } ? null : Keys<S>;
