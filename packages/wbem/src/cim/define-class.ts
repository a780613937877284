import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { checkValue } from './check-value.ts';
import { CimType, type CimTypeName, cimTypeFromName } from './cim-type.ts';
import { deriveClass } from './derive-class.ts';
import { checkIdentifier, foldName } from './names.ts';
import type { CimClass, CimMethod, CimParameter, CimProperty, CimQualifier } from './objects.ts';
import { getQualifier, hasQualifier, type QualifierSpecs, qualifier, qualifiersOf } from './qualifier.ts';
import type { CimValue } from './values.ts';

/** A type in MOF's words; `ref:` and `object:` name the class that is meant: `ref:Win32_Service`. */
export type TypeWord = CimTypeName | `ref:${string}` | `object:${string}`;

export interface TypedSpec {
  /** `[]` at the end makes an array: `string[]`. */
  readonly type: TypeWord | `${TypeWord}[]`;
  /** The default value; absent is null. */
  readonly value?: unknown;
  readonly qualifiers?: QualifierSpecs;
}

export interface PropertySpec extends TypedSpec {
  /** Default false. */
  readonly key?: boolean;
  /** Whether null is refused. Default false. */
  readonly notNull?: boolean;
}

export interface MethodSpec {
  /** Parameters in; the one order of `in` and then `out` numbers them. */
  readonly in?: Readonly<Record<string, TypedSpec | TypedSpec['type']>>;
  /** Parameters out. A name that is also in `in` is one parameter that goes both ways. */
  readonly out?: Readonly<Record<string, TypedSpec | TypedSpec['type']>>;
  /** Absent for void. */
  readonly returns?: CimTypeName;
  /** Whether the method is called on the class. Default false. */
  readonly static?: boolean;
  readonly qualifiers?: QualifierSpecs;
}

export interface ClassSpec {
  readonly name: string;
  /** The class to derive from. Its name alone makes a declaration, for `deriveClass` to complete. */
  readonly superclass?: CimClass | string | null;
  readonly qualifiers?: QualifierSpecs;
  readonly properties?: Readonly<Record<string, PropertySpec | PropertySpec['type']>>;
  readonly methods?: Readonly<Record<string, MethodSpec>>;
}

/**
 * A class in few words.
 *
 *     defineClass({
 *       name: 'Acme_Door',
 *       qualifiers: { dynamic: true, provider: 'Doors' },
 *       properties: { Id: { type: 'uint32', key: true }, Open: 'boolean', Tags: 'string[]' },
 *       methods: { Lock: { in: { Code: 'string' }, returns: 'uint32' } },
 *     });
 *
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a name that is none, `WBEM_E_INVALID_CIM_TYPE` for an
 *   unknown type, what `checkValue` throws for a default, and what `deriveClass` throws.
 */
export function defineClass(spec: ClassSpec): CimClass {
  const { superclass = null } = spec;
  checkIdentifier(spec.name, 'class name');
  const declaration: CimClass = {
    kind: 'class',
    className: spec.name,
    superclass: superclass === null || typeof superclass === 'string' ? superclass : superclass.className,
    derivation: [],
    qualifiers: qualifiersOf(spec.qualifiers),
    properties: Object.entries(spec.properties ?? {}).map(([name, p]) => propertyOf(spec.name, name, p)),
    methods: Object.entries(spec.methods ?? {}).map(([name, m]) => methodOf(spec.name, name, m)),
  };
  if (typeof superclass === 'string') return { ...declaration, derivation: [superclass] };
  return deriveClass(superclass, declaration);
}

function propertyOf(origin: string, name: string, spec: PropertySpec | PropertySpec['type']): CimProperty {
  checkIdentifier(name, 'property name');
  const full = typeof spec === 'string' ? { type: spec } : spec;
  const { type, isArray, value, qualifiers } = typedOf(name, full);
  const all = [
    ...(full.key === true && !getQualifier({ qualifiers }, 'key') ? [qualifier('key')] : []),
    ...(full.notNull === true ? [qualifier('Not_Null')] : []),
    ...qualifiers,
  ];
  return {
    name,
    type,
    isArray,
    isKey: hasQualifier({ qualifiers: all }, 'key'),
    value,
    qualifiers: all,
    origin,
  };
}

function methodOf(origin: string, name: string, spec: MethodSpec): CimMethod {
  checkIdentifier(name, 'method name');
  const ids = new Map<string, number>();
  const parameters = (specs: MethodSpec['in'] = {}) =>
    Object.entries(specs).map(([parameter, s]) => parameterOf(ids, parameter, s));
  return {
    name,
    inParams: parameters(spec.in),
    outParams: parameters(spec.out),
    returnType: spec.returns === undefined ? null : typeOf(name, spec.returns),
    qualifiers: [...(spec.static === true ? [qualifier('static')] : []), ...qualifiersOf(spec.qualifiers)],
    origin,
  };
}

function parameterOf(
  ids: Map<string, number>,
  name: string,
  spec: TypedSpec | TypedSpec['type'],
): CimParameter {
  checkIdentifier(name, 'parameter name');
  const id = ids.get(foldName(name)) ?? ids.size;
  ids.set(foldName(name), id);
  return { name, id, ...typedOf(name, typeof spec === 'string' ? { type: spec } : spec) };
}

interface Typed {
  readonly type: CimType;
  readonly isArray: boolean;
  readonly value: CimValue;
  readonly qualifiers: readonly CimQualifier[];
}

function typedOf(name: string, spec: TypedSpec): Typed {
  const isArray = spec.type.endsWith('[]');
  const word = isArray ? spec.type.slice(0, -2) : spec.type;
  const type = typeOf(name, word);
  const cimType = word.includes(':') ? [qualifier('CIMTYPE', word)] : [];
  return {
    type,
    isArray,
    value: checkValue(type, isArray, spec.value ?? null),
    qualifiers: [...cimType, ...qualifiersOf(spec.qualifiers)],
  };
}

function typeOf(name: string, word: string): CimType {
  const [base = '', className] = word.split(':', 2);
  const type = cimTypeFromName(base);
  const takesClass = type === CimType.Reference || type === CimType.Object;
  if (type === undefined || (className !== undefined && !takesClass))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_CIM_TYPE,
      `${name} needs a CIM type such as uint32 or ref:Win32_Service, got ${JSON.stringify(word.slice(0, 60))}`,
    );
  return type;
}
