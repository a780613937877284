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
   * Who may do what: SDDL with owner and group, whose rights are those of namespaces. 0x1 `WBEM_ENABLE` reads, 0x2
   * `WBEM_METHOD_EXECUTE` calls methods, 0x10 `WBEM_WRITE_PROVIDER` puts and deletes. Default: that of the definition.
   */
  readonly security?: string;
  enumerate?(call: EnumerateCall): RowStream<S> | Promise<RowStream<S>>;
  /** Default: looks among the rows of `enumerate`. */
  get?(keys: Keys<S>, call: ProviderCall): Awaitable<GivenRow<S> | null>;
  put?(row: Row<S>, call: ProviderCall): Awaitable<void>;
  delete?(keys: Keys<S>, call: ProviderCall): Awaitable<void>;
  /**
   * Fill in properties of rows that `enumerate` and `get` give without them, only where somebody reads them. One that
   * denies its caller, `caller.require`, is null.
   */
  readonly properties?: {
    readonly [N in keyof GivenRow<S>]?: (row: GivenRow<S>, call: ProviderCall) => Awaitable<GivenRow<S>[N]>;
  };
  readonly methods?: {
    readonly [N in MethodNames<S>]?: (
      params: InParams<S, N>,
      call: MethodCall<MethodKeys<S, N>>,
    ) => Awaitable<MethodOutcome<S, N>>;
  };
}
