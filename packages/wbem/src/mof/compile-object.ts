import { checkValue } from '../cim/check-value.ts';
import { CimType, cimTypeName } from '../cim/cim-type.ts';
import { deriveClass } from '../cim/derive-class.ts';
import { instanceKeys, instanceOf } from '../cim/instance.ts';
import { sameName } from '../cim/names.ts';
import type {
  CimClass,
  CimInstance,
  CimMethod,
  CimParameter,
  CimProperty,
  CimQualifier,
} from '../cim/objects.ts';
import { findProperty } from '../cim/property.ts';
import { getQualifier, hasQualifier, qualifier } from '../cim/qualifier.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { relativePath } from '../path/relative-path.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { compileQualifiers, type FlavorContext } from './compile-qualifiers.ts';
import type {
  MofClass,
  MofFeature,
  MofInstance,
  MofMethod,
  MofScalar,
  MofType,
  MofValue,
} from './mof-syntax.ts';
import { integerOf } from './mof-token.ts';
import { parameterIds } from './parameter-ids.ts';

export interface CompileContext extends FlavorContext {
  readonly findClass: (className: string) => CimClass | undefined;
  /** The path of the object with that alias. */
  readonly resolveAlias: (alias: string) => string;
}

/** The whole class that a declaration makes. */
export function compileClass(context: CompileContext, declared: MofClass): CimClass {
  const { className, ancestors } = declared;
  const superclass = ancestors[0] ?? null;
  const parent = superclass === null ? null : context.findClass(superclass);
  if (parent === undefined)
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_SUPERCLASS,
      `the superclass ${superclass} of ${className} is not known`,
    );
  return deriveClass(parent, {
    kind: 'class',
    className,
    superclass,
    derivation: [],
    qualifiers: compileQualifiers(context, declared.qualifiers),
    properties: declared.properties.map((p) => compileProperty(context, className, p)),
    methods: declared.methods.map((m) => compileMethod(context, className, m)),
  });
}

/** The instance, with its relative path when all of its keys have values. */
export function compileInstance(context: CompileContext, declared: MofInstance): CimInstance {
  const cls = context.findClass(declared.className);
  if (cls === undefined)
    throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS, `the class ${declared.className} is not known`);
  const values = declared.properties.map(({ name, value }) => {
    const property = findProperty(cls, name);
    if (property === undefined)
      throw new WbemError(WbemStatus.WBEM_E_INVALID_PROPERTY, `${cls.className} has no property ${name}`);
    return [property.name, compileValue(context, property.type, value)] as const;
  });
  const instance = instanceOf(cls, Object.fromEntries(values));
  const qualifiers = compileQualifiers(context, declared.qualifiers);
  const path = pathOf(cls, instance);
  return { ...instance, path, ...(qualifiers.length > 0 && { qualifiers }) };
}

function pathOf(cls: CimClass, instance: CimInstance): string | null {
  const keys = Object.entries(instanceKeys(instance)).map(([name, value]) => ({ name, value }));
  if (keys.some(({ value }) => value === null)) return null;
  if (keys.length === 0 && !hasQualifier(cls, 'singleton')) return null;
  return relativePath(cls.className, keys);
}

type Typed = Omit<CimProperty, 'isKey' | 'origin'>;

function compileProperty(context: CompileContext, origin: string, declared: MofFeature): CimProperty {
  const typed = compileFeature(context, origin, declared);
  return { ...typed, isKey: hasQualifier(typed, 'key'), origin };
}

function compileFeature(context: CompileContext, owner: string, declared: MofFeature): Typed {
  const { type, name, isArray, arraySize, value } = declared;
  const written = compileQualifiers(context, declared.qualifiers);
  return {
    name,
    type: type.type,
    isArray,
    value: inFeature(`${owner}.${name}`, () =>
      value === null ? null : checkValue(type.type, isArray, compileValue(context, type.type, value)),
    ),
    qualifiers: [...cimTypeOf(type), ...written, ...sizeOf(arraySize, written)],
  };
}

function inFeature<T>(where: string, compile: () => T): T {
  try {
    return compile();
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw new WbemError(cause.hresult, `${where}: ${cause.message}`, { cause });
  }
}

function cimTypeOf({ type, className }: MofType): CimQualifier[] {
  return className === null ? [] : [qualifier('CIMTYPE', `${cimTypeName(type)}:${className}`)];
}

/** WMI keeps the size of an array as a qualifier, and does not enforce it. */
function sizeOf(arraySize: number | null, written: readonly CimQualifier[]): CimQualifier[] {
  const isWritten = getQualifier({ qualifiers: written }, 'MAX') !== undefined;
  return arraySize === null || isWritten ? [] : [qualifier('MAX', arraySize)];
}

function compileMethod(context: CompileContext, origin: string, declared: MofMethod): CimMethod {
  const name = declared.name;
  const compiled = declared.parameters.map((p) => compileFeature(context, `${origin}.${name}`, p));
  const ids = parameterIds(`${origin}.${name}`, compiled);
  const going = (direction: string) =>
    compiled.flatMap((p, i) => (hasQualifier(p, direction) ? [parameterOf(p, ids[i]!)] : []));
  return {
    name,
    inParams: going('in'),
    outParams: going('out'),
    returnType: declared.returnType?.type ?? null,
    qualifiers: compileQualifiers(context, declared.qualifiers),
    origin,
  };
}

function parameterOf(typed: Typed, id: number): CimParameter {
  const place = ['in', 'out', 'ID'];
  const qualifiers = typed.qualifiers.filter((q) => !place.some((name) => sameName(name, q.name)));
  return { ...typed, qualifiers, id };
}

/** A literal as the JavaScript value for that type; whether it fits is for `checkValue` to say. */
function compileValue(context: CompileContext, type: CimType, value: MofValue): unknown {
  if (value.kind === 'array') return value.elements.map((element) => compileScalar(context, type, element));
  return compileScalar(context, type, value);
}

function compileScalar(context: CompileContext, type: CimType, value: MofScalar): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'integer':
      return compileInteger(type, value.value);
    case 'string':
      return is64Bit(type) ? (integerOf(value.value) ?? value.value) : value.value;
    case 'char':
      return type === CimType.Char16 ? value.value : mismatch(type, 'a character');
    case 'alias':
      return type === CimType.Reference ? context.resolveAlias(value.name) : mismatch(type, 'an alias');
    case 'class':
      return compileClass(context, value);
    case 'instance':
      return compileInstance(context, value);
    default:
      return value.value;
  }
}

function compileInteger(type: CimType, value: bigint): unknown {
  if (type === CimType.Real32 || type === CimType.Real64) return Number(value);
  if (type === CimType.Char16 && value >= 0n && value <= 0xffffn) return String.fromCharCode(Number(value));
  return value;
}

function is64Bit(type: CimType): boolean {
  return type === CimType.Sint64 || type === CimType.Uint64;
}

function mismatch(type: CimType, got: string): never {
  throw new WbemError(
    WbemStatus.WBEM_E_TYPE_MISMATCH,
    `expected a value of type ${cimTypeName(type)}, got ${got}`,
  );
}
