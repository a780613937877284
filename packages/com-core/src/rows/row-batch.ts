import { VarType } from '../raw/constants.ts';
import type { Native } from '../raw/native.ts';
import { readPointer } from '../raw/native-memory.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { VARIANT } from '../raw/structs.ts';
import { OwnedArray } from './owned-array.ts';

/** The objects that one fetch brings, and the VARIANTs of their properties when a plan was at hand. */
export class RowBatch {
  readonly size: number;
  /** How many objects there are, once the fetch is back. */
  count = 0;
  readonly #objects: OwnedArray;
  readonly #variants: OwnedArray | null;

  /** @param width VARIANTs of the widest row; 0 without a plan. */
  constructor(native: Native, size: number, width: number) {
    this.size = size;
    this.#objects = new OwnedArray(native, VarType.VT_UNKNOWN, size, 8);
    this.#variants =
      width === 0 ? null : new OwnedArray(native, VarType.VT_VARIANT, size * width, VARIANT.size);
  }

  get objects(): Ptr {
    return this.#objects.data;
  }

  get variants(): Ptr {
    return this.#variants?.data ?? NULL;
  }

  /** The VARIANTs; null when the objects came without. */
  get view(): DataView | null {
    return this.#variants?.view ?? null;
  }

  object(index: number): Ptr<'IWbemClassObject'> {
    return readPointer(this.#objects.view, index * 8) as Ptr<'IWbemClassObject'>;
  }

  /** What has to be destroyed. */
  get arrays(): Ptr<'SAFEARRAY'>[] {
    return this.#variants === null ? [this.#objects.ptr] : [this.#objects.ptr, this.#variants.ptr];
  }
}
