import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { CimType } from './cim-type.ts';
import { foldName } from './names.ts';
import type { CimQualifier, QualifierFlavor } from './objects.ts';
import type { CimValue } from './values.ts';

/** What a qualifier can hold: booleans, `sint32`, `real64`, strings, and arrays of one of them. */
export type QualifierValue = boolean | number | string | readonly (boolean | number | string)[];

/** Qualifiers in short, `{ dynamic: true, provider: 'Clock' }`, or in full when flavors matter. */
export type QualifierSpecs = Readonly<Record<string, QualifierValue>> | readonly CimQualifier[];

const LOCAL: QualifierFlavor = { toInstance: false, toSubclass: false, overridable: true, amended: false };
const IDENTITY: QualifierFlavor = { toInstance: true, toSubclass: true, overridable: false, amended: false };
const CIMTYPE: QualifierFlavor = { toInstance: true, toSubclass: true, overridable: true, amended: false };

const standardFlavors = new Map<string, QualifierFlavor>([
  ['key', IDENTITY],
  ['indexed', IDENTITY],
  ['association', IDENTITY],
  ['singleton', IDENTITY],
  ['cimtype', CIMTYPE],
]);

/**
 * The flavor that a qualifier has when none is written. `key` and its like travel everywhere and cannot be
 * overridden; others stay where they are.
 * @see [MS-WMIO] 2.2.62; Microsoft, "Qualifier Flavors"
 */
export function standardFlavor(name: string): QualifierFlavor {
  return standardFlavors.get(foldName(name)) ?? LOCAL;
}

/**
 * A qualifier, with the type that its value has in WMI.
 * @param value default true.
 * @param flavor what differs from `standardFlavor(name)`.
 * @throws WbemError `WBEM_E_INVALID_QUALIFIER_TYPE` when elements of an array differ in type.
 */
export function qualifier(
  name: string,
  value: QualifierValue = true,
  flavor: Partial<QualifierFlavor> = {},
): CimQualifier {
  const isArray = isList(value);
  const type = isArray ? elementType(name, value) : typeOf(value);
  return { name, type, isArray, value, flavor: { ...standardFlavor(name), ...flavor } };
}

/** Qualifiers from their short form; a list in full is given back as it is. */
export function qualifiersOf(specs: QualifierSpecs | undefined): readonly CimQualifier[] {
  if (specs === undefined) return [];
  if (isQualifierList(specs)) return specs;
  return Object.entries(specs).map(([name, value]) => qualifier(name, value));
}

/** The qualifier of that name, in any case, on a class, property, method or parameter. */
export function getQualifier(
  owner: { readonly qualifiers: readonly CimQualifier[] },
  name: string,
): CimQualifier | undefined {
  const folded = foldName(name);
  return owner.qualifiers.find((q) => foldName(q.name) === folded);
}

/** True when the owner has a boolean qualifier of that name with the value true. */
export function hasQualifier(owner: { readonly qualifiers: readonly CimQualifier[] }, name: string): boolean {
  return getQualifier(owner, name)?.value === true;
}

function isList(value: CimValue | QualifierValue): value is readonly (boolean | number | string)[] {
  return Array.isArray(value);
}

function isQualifierList(specs: QualifierSpecs): specs is readonly CimQualifier[] {
  return Array.isArray(specs);
}

function typeOf(value: boolean | number | string): CimType {
  if (typeof value === 'boolean') return CimType.Boolean;
  if (typeof value === 'string') return CimType.String;
  return (value | 0) === value ? CimType.Sint32 : CimType.Real64;
}

function elementType(name: string, values: readonly (boolean | number | string)[]): CimType {
  const found = new Set(values.map(typeOf));
  if (found.has(CimType.Real64)) found.delete(CimType.Sint32);
  if (found.size > 1)
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_QUALIFIER_TYPE,
      `the values of the qualifier ${name} must be of one type, got several`,
    );
  return [...found][0] ?? CimType.String;
}
