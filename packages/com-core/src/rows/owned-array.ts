import type { Native } from '../raw/native.ts';
import type { Ptr } from '../raw/pointer.ts';

const PV_DATA = 16;

/**
 * A SAFEARRAY as the owner of many things: one call of SafeArrayDestroy, made on the thread that made them,
 * gives back all the references or VARIANTs that were written into it.
 */
export class OwnedArray {
  readonly ptr: Ptr<'SAFEARRAY'>;
  /** Where the elements stand. */
  readonly data: Ptr;
  /** The elements; must not be used once the array has been given away to be destroyed. */
  readonly view: DataView;

  /** @param vt `VT_UNKNOWN` or `VT_VARIANT`; every element begins as zeroes. */
  constructor(native: Native, vt: number, count: number, size: number) {
    this.ptr = native.oleaut32.SafeArrayCreateVector(vt, 0, count);
    this.data = native.memory.readPointer((this.ptr + PV_DATA) as Ptr);
    this.view = new DataView(native.koffi.view(BigInt(this.data), count * size));
  }
}
