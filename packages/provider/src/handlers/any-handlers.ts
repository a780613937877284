import type { PropertyBag } from '@wmisec/wbem';
import type { EnumerateCall, MethodCall, ProviderCall } from './provider-call.ts';

type Batches =
  | Iterable<PropertyBag | readonly PropertyBag[]>
  | AsyncIterable<PropertyBag | readonly PropertyBag[]>;

/** Handlers without the types of their schema: values were checked, or will be. */
export interface AnyHandlers {
  readonly security?: string;
  enumerate?(call: EnumerateCall): Batches | Promise<Batches>;
  get?(keys: PropertyBag, call: ProviderCall): PropertyBag | null | Promise<PropertyBag | null>;
  put?(row: PropertyBag, call: ProviderCall): void | Promise<void>;
  delete?(keys: PropertyBag, call: ProviderCall): void | Promise<void>;
  readonly properties?: Readonly<
    Record<
      string,
      (row: PropertyBag, call: ProviderCall) => PropertyBag[string] | Promise<PropertyBag[string]>
    >
  >;
  readonly methods?: Readonly<
    Record<string, (params: PropertyBag, call: MethodCall<PropertyBag | null>) => unknown>
  >;
}
