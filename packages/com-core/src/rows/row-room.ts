import type { FetchRoom } from '../calls/thread-task.ts';
import { SafeArrayFeature } from '../raw/constants.ts';
import { offsetOf, writeStruct } from '../raw/define-struct.ts';
import type { Native } from '../raw/native.ts';
import type { NativeBlock } from '../raw/native-memory.ts';
import type { Ptr } from '../raw/pointer.ts';
import { SAFEARRAY, VARIANT } from '../raw/structs.ts';

const POINTER = 8;
/** Two SAFEARRAYs stand before what they describe. */
const FIRST_OBJECT = 2 * SAFEARRAY.size;
const COUNT = offsetOf(SAFEARRAY, 'rgsabound');

/**
 * Room for the objects that a fetch brings, and for the VARIANTs of their properties. Two SAFEARRAYs tell what is
 * in it, so that two calls of SafeArrayDestroyData give all of it back; the room itself is used again.
 */
export class RowRoom {
  /** The room as the fetching thread sees it. */
  readonly place: FetchRoom;
  readonly #native: Native;
  readonly #block: NativeBlock;
  readonly #objects: number;
  readonly #values: number;

  /** Room for so many of each. */
  constructor(native: Native, objects: number, values: number) {
    const firstValue = FIRST_OBJECT + objects * POINTER;
    const bytes = firstValue + values * VARIANT.size;
    this.#objects = objects;
    this.#values = values;
    this.#native = native;
    this.#block = native.memory.alloc(bytes);
    this.place = { ptr: this.#block.ptr, bytes, firstObject: FIRST_OBJECT, firstValue };
    this.#describe(0, SafeArrayFeature.FADF_UNKNOWN, POINTER, FIRST_OBJECT);
    this.#describe(SAFEARRAY.size, SafeArrayFeature.FADF_VARIANT, VARIANT.size, firstValue);
  }

  get view(): DataView {
    return this.#block.view;
  }

  fits(objects: number, values: number): boolean {
    return objects <= this.#objects && values <= this.#values;
  }

  object(index: number): Ptr<'IWbemClassObject'> {
    return this.#block.pointer<'IWbemClassObject'>(FIRST_OBJECT + index * POINTER);
  }

  /** Gives back what is in it. */
  clear(): void {
    for (const array of [0, SAFEARRAY.size]) {
      this.#native.oleaut32.SafeArrayDestroyData(this.#block.at(array));
      this.view.setUint32(array + COUNT, 0, true);
    }
  }

  /** Frees the room, which must be clear. */
  free(): void {
    this.#block.free();
  }

  /** An array without elements yet; their memory is static, which is to say not the array's. */
  #describe(at: number, feature: number, elementSize: number, first: number): void {
    const array = {
      cDims: 1,
      fFeatures: SafeArrayFeature.FADF_STATIC | feature,
      cbElements: elementSize,
      pvData: this.#block.at(first),
    };
    writeStruct(SAFEARRAY, this.view, array, at);
  }
}
