import type { CWidth } from '../raw/c-declaration.ts';
import type { Ptr } from '../raw/pointer.ts';

/** One native call: a function that returns an HRESULT. What the arguments point to outlives the call. */
export interface CallTask {
  readonly kind: 'call';
  readonly address: number;
  readonly widths: readonly CWidth[];
  readonly args: readonly number[];
}

/** How rows are read: which names make the row of which class. */
export interface FillPlan {
  /** Where `IWbemClassObject.Get` stands in a vtable, in bytes, and its widths. */
  readonly getOffset: number;
  readonly getWidths: readonly CWidth[];
  /** The name `__CLASS`. */
  readonly className: Ptr<'BSTR'>;
  /** Each class with its property names. */
  readonly classes: readonly (readonly [name: string, texts: readonly Ptr<'BSTR'>[]])[];
}

/** Where rows go: two SAFEARRAYs that say what is there, of objects and of VARIANTs, then both; in bytes. */
export interface FetchRoom {
  readonly ptr: Ptr;
  readonly bytes: number;
  readonly firstObject: number;
  readonly firstValue: number;
}

/**
 * `IEnumWbemClassObject.Next`, and the VARIANTs of the rows that it gives: for each row its class name, whose
 * first reserved word then holds the position of the class in the plan from 1, or 0 for another class; then
 * its properties in the plan's order, VT_ERROR where one could not be read. With one class in the plan every row
 * gets that position, and whoever reads it compares the name. What the room held before is given back first.
 */
export interface FetchTask {
  readonly kind: 'fetch';
  readonly address: number;
  readonly widths: readonly CWidth[];
  readonly self: Ptr<'IEnumWbemClassObject'>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly size: number;
  readonly room: FetchRoom;
  readonly plan: FillPlan | null;
}

export type ThreadTask = CallTask | FetchTask;

/** What came back. A failure may bring an error object, whose reference belongs to the receiver. */
export interface CallOutcome {
  readonly hresult: number;
  readonly errorInfo: Ptr<'IErrorInfo'>;
  /** Objects fetched. */
  readonly count: number;
}
