import type { InterfaceTable, MethodArguments, MethodTable } from './define-interface.ts';
import type { Ptr } from './pointer.ts';

/**
 * What an object does in an interface: each method after `this`. Return an HRESULT, or nothing for S_OK;
 * methods that are left out answer E_NOTIMPL. A handler is synchronous and may throw.
 */
export type Handlers<I extends InterfaceTable> = {
  readonly [K in Exclude<keyof I['methods'], 'QueryInterface' | 'AddRef' | 'Release'>]?: (
    ...args: MethodArguments<I, K>
  ) => number | undefined;
};

/** One interface of an object with its handlers; made by `serve`. */
export interface ServedInterface {
  readonly table: InterfaceTable;
  readonly handlers: Readonly<Record<string, ((...args: never[]) => number | undefined) | undefined>>;
}

/** Binds handlers to an interface, for `ComHost.create`. */
export function serve<const N extends string, M extends MethodTable>(
  table: InterfaceTable<N, M>,
  handlers: Handlers<InterfaceTable<N, M>>,
): ServedInterface {
  return { table, handlers: handlers as ServedInterface['handlers'] };
}

/** A COM object implemented in JavaScript. It begins with one reference, which `release` gives back. */
export interface ComObject {
  /** The object's `IUnknown`, which is also its first interface. */
  readonly ptr: Ptr;
  /** How many references there are, native holders' included; 0 when the object is gone. */
  readonly references: number;
  /**
   * One of its interfaces, not counted: pass it to a call that takes its own reference.
   * @throws TypeError when the object does not serve it
   */
  pointer<I extends InterfaceTable>(table: I): Ptr<I['name']>;
  /** Gives the creator's reference back; does nothing the second time. */
  release(): void;
  [Symbol.dispose](): void;
}
