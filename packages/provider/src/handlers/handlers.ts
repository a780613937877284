import type { ClassSchema } from '../schema/class-schema.ts';
import type {
  GivenRow,
  InParams,
  Keys,
  MethodKeys,
  MethodNames,
  MethodOutcome,
  Row,
} from '../schema/row-types.ts';
import type { EnumerateCall, MethodCall, ProviderCall } from './provider-call.ts';

type Awaitable<T> = T | Promise<T>;

/** Rows one by one or in arrays; large numbers stream best in arrays of some hundreds. */
export type RowStream<S> =
  | Iterable<GivenRow<S> | readonly GivenRow<S>[]>
  | AsyncIterable<GivenRow<S> | readonly GivenRow<S>[]>;

/** What serves a class. What is left out is answered with `WBEM_E_PROVIDER_NOT_CAPABLE`. */
export interface Handlers<S extends ClassSchema> {
  /**
   * Who may do what: SDDL with owner and group, whose rights are those of namespaces. `WBEM_ENABLE` (CC, 0x1) reads,
   * `WBEM_METHOD_EXECUTE` (DC, 0x2) calls methods, `WBEM_WRITE_PROVIDER` (SW... 0x10) puts and deletes.
   * Default: that of the definition.
   */
  readonly security?: string;
  enumerate?(call: EnumerateCall): RowStream<S> | Promise<RowStream<S>>;
  /** Default: looks among the rows of `enumerate`. */
  get?(keys: Keys<S>, call: ProviderCall): Awaitable<GivenRow<S> | null>;
  put?(row: Row<S>, call: ProviderCall): Awaitable<void>;
  delete?(keys: Keys<S>, call: ProviderCall): Awaitable<void>;
  readonly methods?: {
    readonly [N in MethodNames<S>]?: (
      params: InParams<S, N>,
      call: MethodCall<MethodKeys<S, N>>,
    ) => Awaitable<MethodOutcome<S, N>>;
  };
}
