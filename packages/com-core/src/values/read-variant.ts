import {
  type CimObject,
  type CimScalar,
  CimType,
  type CimValue,
  cimTypeName,
  ParseError,
  parseDateTime,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { VarType } from '../raw/constants.ts';
import type { Native } from '../raw/native.ts';
import { readPointer } from '../raw/native-memory.ts';
import type { Ptr } from '../raw/pointer.ts';
import { readSafeArray } from './read-safe-array.ts';

/** What values are read with. */
export interface ValueSource {
  readonly native: Native;
  /** The object behind the `IUnknown` of an embedded object. */
  readonly embedded: (ptr: Ptr) => CimObject;
}

/**
 * The value of a VARIANT as a CIM type. WMI packs 64-bit integers and datetimes into strings, unsigned
 * integers into signed ones, and `char16` into a 16-bit integer. A datetime that is none stays text.
 * @param at where the VARIANT stands in the view, in bytes. It keeps what it owns.
 * @throws WbemError `WBEM_E_TYPE_MISMATCH` for a VARIANT that cannot be of that type, and the status that a
 *   VARIANT of type VT_ERROR holds.
 */
export function readVariant(
  source: ValueSource,
  view: DataView,
  at: number,
  type: CimType,
  isArray: boolean,
): CimValue {
  const vt = view.getUint16(at, true);
  if (vt === VarType.VT_NULL || vt === VarType.VT_EMPTY) return null;
  if (vt === VarType.VT_ERROR)
    throw new WbemError(view.getUint32(at + 8, true), undefined, { operation: 'Get' });
  if (((vt & VarType.VT_ARRAY) !== 0) !== isArray) throw mismatch(type, vt);
  if (!isArray) return readScalar(source, vt, view, at + 8, type);
  const array = readPointer(view, at + 8) as Ptr<'SAFEARRAY'>;
  return readSafeArray(source.native, vt & ~VarType.VT_ARRAY, array, (elements, place, elementType) =>
    readScalar(source, elementType, elements, place, type),
  );
}

/** The CIM type that a VARIANT's own type speaks for, where nothing else tells: qualifiers, contexts. */
export function naturalType(vt: number): CimType {
  return natural.get(vt & ~VarType.VT_ARRAY) ?? CimType.String;
}

const natural = new Map<number, CimType>([
  [VarType.VT_BOOL, CimType.Boolean],
  [VarType.VT_UI1, CimType.Uint8],
  [VarType.VT_I2, CimType.Sint16],
  [VarType.VT_I4, CimType.Sint32],
  [VarType.VT_R4, CimType.Real32],
  [VarType.VT_R8, CimType.Real64],
  [VarType.VT_UNKNOWN, CimType.Object],
  [VarType.VT_DISPATCH, CimType.Object],
]);

function readScalar(source: ValueSource, vt: number, view: DataView, at: number, type: CimType): CimScalar {
  switch (vt) {
    case VarType.VT_BSTR:
      return fromText(type, readText(source.native, view, at));
    case VarType.VT_BOOL:
      return view.getInt16(at, true) !== 0;
    case VarType.VT_R4:
      return view.getFloat32(at, true);
    case VarType.VT_R8:
      return view.getFloat64(at, true);
    case VarType.VT_UNKNOWN:
    case VarType.VT_DISPATCH:
      return source.embedded(readPointer(view, at) as Ptr);
    default:
      return fromInteger(type, readInteger(vt, view, at) ?? raise(mismatch(type, vt)));
  }
}

/** The text that a BSTR pointer in a view leads to; the null pointer is the empty string. */
export function readText(native: Native, view: DataView, at: number): string {
  const ptr = readPointer(view, at) as Ptr<'BSTR'>;
  return ptr === 0 ? '' : native.memory.readText(ptr);
}

function fromText(type: CimType, text: string): CimScalar {
  if (type === CimType.DateTime) return dateTimeOrText(text);
  if (type === CimType.Sint64 || type === CimType.Uint64) return toBigInt(type, text);
  return text;
}

function dateTimeOrText(text: string): CimScalar {
  try {
    return parseDateTime(text);
  } catch (error) {
    if (error instanceof ParseError) return text;
    throw error;
  }
}

function toBigInt(type: CimType, text: string): bigint {
  if (!/^-?\d{1,20}$|^0x[0-9a-f]{1,16}$/i.test(text)) throw mismatch(type, VarType.VT_BSTR);
  return BigInt(text);
}

function readInteger(vt: number, view: DataView, at: number): number | bigint | undefined {
  switch (vt) {
    case VarType.VT_I1:
      return view.getInt8(at);
    case VarType.VT_UI1:
      return view.getUint8(at);
    case VarType.VT_I2:
      return view.getInt16(at, true);
    case VarType.VT_UI2:
      return view.getUint16(at, true);
    case VarType.VT_I4:
    case VarType.VT_INT:
      return view.getInt32(at, true);
    case VarType.VT_UI4:
    case VarType.VT_UINT:
      return view.getUint32(at, true);
    case VarType.VT_I8:
      return view.getBigInt64(at, true);
    case VarType.VT_UI8:
      return view.getBigUint64(at, true);
    default:
      return undefined;
  }
}

function fromInteger(type: CimType, value: number | bigint): CimScalar {
  switch (type) {
    case CimType.Sint64:
      return BigInt(value);
    case CimType.Uint64:
      return BigInt.asUintN(64, BigInt(value));
    case CimType.Uint32:
      return Number(value) >>> 0;
    case CimType.Uint16:
      return Number(value) & 0xffff;
    case CimType.Uint8:
      return Number(value) & 0xff;
    case CimType.Char16:
      return String.fromCharCode(Number(value) & 0xffff);
    case CimType.Boolean:
      return Number(value) !== 0;
    default:
      return Number(value);
  }
}

function mismatch(type: CimType, vt: number): WbemError {
  const expected = cimTypeName(type) ?? `type ${type}`;
  return new WbemError(
    WbemStatus.WBEM_E_TYPE_MISMATCH,
    `expected a value of type ${expected}, got a VARIANT of type 0x${vt.toString(16)}`,
  );
}

function raise(error: Error): never {
  throw error;
}
