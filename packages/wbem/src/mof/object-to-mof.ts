import { CimType } from '../cim/cim-type.ts';
import { formatDateTime, isCimDateTime } from '../cim/datetime.ts';
import { WbemLimits } from '../cim/limits.ts';
import { foldName, sameName } from '../cim/names.ts';
import type {
  CimClass,
  CimInstance,
  CimMethod,
  CimObject,
  CimParameter,
  CimQualifier,
} from '../cim/objects.ts';
import { declaredClassOf } from '../cim/property.ts';
import { getQualifier, qualifier } from '../cim/qualifier.ts';
import type { CimScalar, CimValue } from '../cim/values.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { flavorWords } from './mof-flavor.ts';
import type {
  MofClass,
  MofFeature,
  MofInstance,
  MofMethod,
  MofQualifier,
  MofScalar,
  MofValue,
} from './mof-syntax.ts';

const PARAMETER_FORM = new Set(['in', 'out', 'id', 'cimtype']);

/** How a class or instance is written in MOF: the class with all of its members, the instance with its values. */
export function objectToMof(object: CimObject): MofClass | MofInstance {
  return toMof(object, 1);
}

function toMof(object: CimObject, depth: number): MofClass | MofInstance {
  if (depth > WbemLimits.MaxObjectNesting)
    throw new WbemError(
      WbemStatus.WBEM_E_QUOTA_VIOLATION,
      `objects nest at most ${WbemLimits.MaxObjectNesting} deep`,
    );
  return object.kind === 'class' ? classToMof(object, depth) : instanceToMof(object, depth);
}

function classToMof(cls: CimClass, depth: number): MofClass {
  return {
    kind: 'class',
    qualifiers: qualifiersToMof(cls.qualifiers, depth),
    className: cls.className,
    alias: null,
    ancestors: cls.superclass === null ? [] : [cls.superclass],
    properties: cls.properties.map((p) => {
      const key = p.isKey && getQualifier(p, 'key') === undefined ? [qualifier('key')] : [];
      return featureToMof({ ...p, qualifiers: [...key, ...p.qualifiers] }, depth);
    }),
    methods: cls.methods.map((method) => methodToMof(method, depth)),
  };
}

function instanceToMof({ shape, properties, qualifiers = [] }: CimInstance, depth: number): MofInstance {
  const assignments = shape.properties
    .filter(({ name }) => Object.hasOwn(properties, name))
    .map(({ name, type }) => ({
      qualifiers: [],
      name,
      value: valueToMof(type, properties[name] ?? null, depth),
    }));
  return {
    kind: 'instance',
    qualifiers: qualifiersToMof(qualifiers, depth),
    className: shape.className,
    alias: null,
    properties: assignments,
  };
}

type Feature = Pick<CimParameter, 'name' | 'type' | 'isArray' | 'value' | 'qualifiers'>;

function featureToMof({ name, type, isArray, value, qualifiers }: Feature, depth: number): MofFeature {
  return {
    qualifiers: qualifiersToMof(
      qualifiers.filter((q) => foldName(q.name) !== 'cimtype'),
      depth,
    ),
    type: { type, className: declaredClassOf({ type, qualifiers }) },
    name,
    isArray,
    arraySize: null,
    value: value === null ? null : valueToMof(type, value, depth),
  };
}

function methodToMof(method: CimMethod, depth: number): MofMethod {
  const { inParams, outParams, returnType } = method;
  const onlyOut = outParams.filter((out) => !inParams.some((p) => sameName(p.name, out.name)));
  const parameters = [...inParams, ...onlyOut].sort((a, b) => a.id - b.id);
  return {
    qualifiers: qualifiersToMof(method.qualifiers, depth),
    returnType: returnType === null ? null : { type: returnType, className: null },
    name: method.name,
    parameters: parameters.map((parameter) => parameterToMof(method, parameter, depth)),
  };
}

function parameterToMof(
  { inParams, outParams }: CimMethod,
  parameter: CimParameter,
  depth: number,
): MofFeature {
  const isIn = (list: readonly CimParameter[]) => list.some((p) => sameName(p.name, parameter.name));
  const feature = featureToMof(parameter, depth);
  const place: MofQualifier[] = [
    ...(isIn(inParams) ? [word('in')] : []),
    ...(isIn(outParams) ? [word('out')] : []),
    { name: 'ID', value: { kind: 'integer', value: BigInt(parameter.id) }, flavors: [] },
  ];
  const others = feature.qualifiers.filter((q) => !PARAMETER_FORM.has(foldName(q.name)));
  return { ...feature, qualifiers: [...place, ...others] };
}

function word(name: string): MofQualifier {
  return { name, value: null, flavors: [] };
}

function qualifiersToMof(qualifiers: readonly CimQualifier[], depth: number): MofQualifier[] {
  return qualifiers.map(({ name, type, value, flavor }) => ({
    name,
    value: value === true ? null : valueToMof(type, value, depth),
    flavors: flavorWords(name, flavor),
  }));
}

function valueToMof(type: CimType, value: CimValue, depth: number): MofValue {
  if (!isList(value)) return scalarToMof(type, value, depth);
  return { kind: 'array', elements: value.map((element) => scalarToMof(type, element, depth)) };
}

function scalarToMof(type: CimType, value: CimScalar | null, depth: number): MofScalar {
  if (value === null) return { kind: 'null' };
  if (isCimDateTime(value)) return { kind: 'string', value: formatDateTime(value) };
  switch (typeof value) {
    case 'boolean':
      return { kind: 'boolean', value };
    case 'bigint':
      return { kind: 'integer', value };
    case 'number':
      return isReal(type) ? { kind: 'real', value } : { kind: 'integer', value: BigInt(value) };
    case 'string':
      return { kind: type === CimType.Char16 ? 'char' : 'string', value };
    default:
      return toMof(value, depth + 1);
  }
}

function isReal(type: CimType): boolean {
  return type === CimType.Real32 || type === CimType.Real64;
}

function isList(value: CimValue): value is readonly (CimScalar | null)[] {
  return Array.isArray(value);
}
