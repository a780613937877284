import {
  type CimQualifier,
  type MethodSpec,
  type PropertySpec,
  type QualifierSpecs,
  type QualifierValue,
  qualifier,
  type TypedSpec,
} from '@wmisec/wbem';
import type {
  MethodSchemaSpec,
  MethodSpecs,
  ParameterSpecs,
  PropertySchemaSpec,
  PropertySpecs,
  TypedSchemaSpec,
} from './schema-spec.ts';
import type { SchemaType } from './value-types.ts';

interface Described {
  readonly description?: string;
  readonly qualifiers?: QualifierSpecs;
}

/** The qualifiers of a description, before those that were written out. */
export function described({ description, qualifiers }: Described): readonly CimQualifier[] {
  return [...given('Description', description), ...listed(qualifiers)];
}

export function propertySpecs(specs: PropertySpecs = {}): Record<string, PropertySpec> {
  return mapped(specs, (spec) => propertySpec(typeof spec === 'string' ? { type: spec } : spec));
}

export function methodSpecs(specs: MethodSpecs = {}): Record<string, MethodSpec> {
  return mapped(specs, methodSpec);
}

function propertySpec(spec: PropertySchemaSpec): PropertySpec {
  const { type, value = null, key = false, notNull = false, privileges, writePrivileges } = spec;
  const demands = [...given('Privileges', privileges), ...given('WritePrivileges', writePrivileges)];
  return { type, value, key, notNull, qualifiers: [...described(spec), ...demands] };
}

function methodSpec(spec: MethodSchemaSpec): MethodSpec {
  const { privileges, returns, static: isStatic = false } = spec;
  return {
    in: parameterSpecs(spec.in),
    out: parameterSpecs(spec.out),
    static: isStatic,
    ...(returns !== undefined && { returns }),
    qualifiers: [...described(spec), ...given('Privileges', privileges)],
  };
}

function parameterSpecs(specs: ParameterSpecs = {}): Record<string, TypedSpec> {
  return mapped(specs, (spec: SchemaType | TypedSchemaSpec) =>
    typeof spec === 'string' ? { type: spec } : { ...spec, qualifiers: described(spec) },
  );
}

function given(name: string, value: QualifierValue | undefined): CimQualifier[] {
  return value === undefined ? [] : [qualifier(name, value)];
}

function listed(specs: QualifierSpecs = []): readonly CimQualifier[] {
  if (Array.isArray(specs)) return specs as readonly CimQualifier[];
  return Object.entries(specs as Readonly<Record<string, QualifierValue>>).map(([name, value]) =>
    qualifier(name, value),
  );
}

function mapped<A, B>(specs: Readonly<Record<string, A>>, map: (spec: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, map(spec)]));
}
