import {
  type CimObject,
  type CimScalar,
  CimType,
  type CimValue,
  checkValue,
  formatDateTime,
  isCimDateTime,
  isCimObject,
} from '@wmisec/wbem';
import { VarType } from '../raw/constants.ts';
import type { Native } from '../raw/native.ts';
import { type NativeBlock, writePointer } from '../raw/native-memory.ts';
import type { Ptr } from '../raw/pointer.ts';
import { VARIANT } from '../raw/structs.ts';
import { elementSize } from './read-safe-array.ts';

/** Gives a new reference to the native form of an embedded object. */
export type EmbedObject = (object: CimObject) => Ptr<'IWbemClassObject'>;

/** The VARIANT type in which WMI takes a CIM type. */
const packed = new Map<CimType, number>([
  [CimType.Sint8, VarType.VT_I2],
  [CimType.Uint8, VarType.VT_UI1],
  [CimType.Sint16, VarType.VT_I2],
  [CimType.Uint16, VarType.VT_I4],
  [CimType.Sint32, VarType.VT_I4],
  [CimType.Uint32, VarType.VT_I4],
  [CimType.Sint64, VarType.VT_BSTR],
  [CimType.Uint64, VarType.VT_BSTR],
  [CimType.Real32, VarType.VT_R4],
  [CimType.Real64, VarType.VT_R8],
  [CimType.Boolean, VarType.VT_BOOL],
  [CimType.String, VarType.VT_BSTR],
  [CimType.DateTime, VarType.VT_BSTR],
  [CimType.Reference, VarType.VT_BSTR],
  [CimType.Char16, VarType.VT_I2],
  [CimType.Object, VarType.VT_UNKNOWN],
]);

/** A VARIANT of our own, cleared and freed on disposal. */
export class Variant implements Disposable {
  readonly #native: Native;
  readonly #block: NativeBlock;
  readonly #embed: EmbedObject;

  constructor(native: Native, embed: EmbedObject) {
    this.#native = native;
    this.#embed = embed;
    this.#block = native.memory.alloc(VARIANT.size);
  }

  get ptr(): Ptr<'VARIANT'> {
    return this.#block.ptr;
  }

  /**
   * Replaces the value.
   * @throws WbemError what `checkValue` throws for a value that the type does not hold.
   */
  set(type: CimType, isArray: boolean, value: CimValue): void {
    const checked = checkValue(type, isArray, value);
    this.clear();
    const { view } = this.#block;
    const vt = packed.get(type)!;
    const held = checked === null ? VarType.VT_NULL : isArray ? vt | VarType.VT_ARRAY : vt;
    if (isArray && checked !== null) writePointer(view, 8, this.#array(vt, checked as readonly CimScalar[]));
    else if (checked !== null) this.#write(view, 8, vt, checked as CimScalar);
    view.setUint16(0, held, true);
  }

  clear(): void {
    this.#native.oleaut32.VariantClear(this.ptr);
  }

  [Symbol.dispose](): void {
    this.clear();
    this.#block.free();
  }

  #array(vt: number, values: readonly CimScalar[]): Ptr<'SAFEARRAY'> {
    const { oleaut32, memory, koffi } = this.#native;
    const array = oleaut32.SafeArrayCreateVector(vt, 0, values.length);
    if (values.length === 0) return array;
    const size = elementSize(vt);
    const data = memory.readPointer((array + 16) as Ptr);
    const view = new DataView(koffi.view(BigInt(data), values.length * size));
    for (const [i, value] of values.entries()) this.#write(view, i * size, vt, value);
    return array;
  }

  #write(view: DataView, at: number, vt: number, value: CimScalar): void {
    if (vt === VarType.VT_BSTR) writePointer(view, at, this.#text(value));
    else if (vt === VarType.VT_UNKNOWN) writePointer(view, at, isCimObject(value) ? this.#embed(value) : 0);
    else writeNumber[vt]!(view, at, numberOf(value));
  }

  #text(value: CimScalar): Ptr<'BSTR'> {
    const text = isCimDateTime(value) ? formatDateTime(value) : String(value);
    return this.#native.oleaut32.SysAllocStringLen(text, text.length);
  }
}

/** By VARIANT type, how a number is written. */
const writeNumber: Readonly<Record<number, (view: DataView, at: number, value: number) => void>> = {
  [VarType.VT_BOOL]: (view, at, value) => view.setInt16(at, -value, true),
  [VarType.VT_UI1]: (view, at, value) => view.setUint8(at, value),
  [VarType.VT_I2]: (view, at, value) => view.setInt16(at, value, true),
  [VarType.VT_I4]: (view, at, value) => view.setInt32(at, value, true),
  [VarType.VT_R4]: (view, at, value) => view.setFloat32(at, value, true),
  [VarType.VT_R8]: (view, at, value) => view.setFloat64(at, value, true),
};

/** A `char16` counts as its code unit. */
function numberOf(value: CimScalar): number {
  return typeof value === 'string' ? value.charCodeAt(0) : Number(value);
}
