import { WbemError, WbemStatus } from '@wmisec/wbem';
import { VarType } from '../raw/constants.ts';
import { readStruct } from '../raw/define-struct.ts';
import type { Native } from '../raw/native.ts';
import type { Ptr } from '../raw/pointer.ts';
import { SAFEARRAY } from '../raw/structs.ts';

type ReadElement<T> = (view: DataView, at: number, vt: number) => T;

/** Bytes that an array may span; WMI's own limits lie far below. */
const MOST = 0x1000_0000;

/**
 * The elements of a SAFEARRAY with one dimension; the null pointer is an empty array. It keeps what it owns.
 * @param read reads an element of the given VARIANT type from a copy of the array's content.
 * @throws WbemError `WBEM_E_TYPE_MISMATCH` for several dimensions and for elements of another size.
 */
export function readSafeArray<T>(
  { memory }: Native,
  vt: number,
  array: Ptr<'SAFEARRAY'>,
  read: ReadElement<T>,
): T[] {
  if (array === 0) return [];
  const head = new DataView(memory.read(array, SAFEARRAY.size).buffer);
  const { cDims, cbElements, pvData } = readStruct(SAFEARRAY, head);
  const count = head.getUint32(SAFEARRAY.fields.rgsabound[1], true);
  if (cDims !== 1 || cbElements !== elementSize(vt) || count * cbElements > MOST)
    throw new WbemError(
      WbemStatus.WBEM_E_TYPE_MISMATCH,
      `expected an array with one dimension, got ${cDims} with ${count} elements of ${cbElements} bytes`,
    );
  const view = new DataView(memory.read(pvData as Ptr, count * cbElements).buffer);
  return Array.from({ length: count }, (_, i) => {
    const at = i * cbElements;
    if (vt === VarType.VT_VARIANT) return read(view, at + 8, view.getUint16(at, true));
    return read(view, at, vt);
  });
}

/** The bytes of an element in a SAFEARRAY of that VARIANT type; 0 for types that WMI does not use. */
export function elementSize(vt: number): number {
  return sizes.get(vt) ?? 0;
}

const sizes = new Map<number, number>([
  [VarType.VT_I1, 1],
  [VarType.VT_UI1, 1],
  [VarType.VT_I2, 2],
  [VarType.VT_UI2, 2],
  [VarType.VT_BOOL, 2],
  [VarType.VT_I4, 4],
  [VarType.VT_UI4, 4],
  [VarType.VT_INT, 4],
  [VarType.VT_UINT, 4],
  [VarType.VT_R4, 4],
  [VarType.VT_R8, 8],
  [VarType.VT_I8, 8],
  [VarType.VT_UI8, 8],
  [VarType.VT_BSTR, 8],
  [VarType.VT_UNKNOWN, 8],
  [VarType.VT_DISPATCH, 8],
  [VarType.VT_VARIANT, 24],
]);
