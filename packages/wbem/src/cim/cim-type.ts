/**
 * The types of CIM, numbered as in `CIMTYPE_ENUMERATION` of wbemcli.h.
 * @see docs/rules.md 10.3
 */
export const CimType = {
  Sint16: 2,
  Sint32: 3,
  Real32: 4,
  Real64: 5,
  String: 8,
  Boolean: 11,
  Object: 13,
  Sint8: 16,
  Uint8: 17,
  Uint16: 18,
  Uint32: 19,
  Sint64: 20,
  Uint64: 21,
  DateTime: 101,
  Reference: 102,
  Char16: 103,
} as const;

export type CimType = (typeof CimType)[keyof typeof CimType];

/** A type's word in MOF: `uint32`, `datetime`, `ref`, `object`. */
export type CimTypeName = Exclude<Lowercase<keyof typeof CimType>, 'reference'> | 'ref';

/** Set beside a type's number when a value is an array: `CIM_FLAG_ARRAY`. */
export const CIM_FLAG_ARRAY = 0x2000;

const mofNames = new Map<number, string>(
  Object.entries(CimType).map(([name, value]) => [value, name === 'Reference' ? 'ref' : name.toLowerCase()]),
);

const types = new Map<string, CimType>([...mofNames].map(([type, name]) => [name, type as CimType]));

/** The type's word in MOF: `uint32`, `datetime`, `ref`; `undefined` for a number that is no type. */
export function cimTypeName(type: number): string | undefined {
  return mofNames.get(type);
}

/** The type that a MOF word names, in any case; `undefined` when it names none. */
export function cimTypeFromName(name: string): CimType | undefined {
  return types.get(name.toLowerCase());
}
