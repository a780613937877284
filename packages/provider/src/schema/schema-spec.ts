import type { PrivilegeName } from '@wmisec/access';
import type { CimTypeName, QualifierSpecs } from '@wmisec/wbem';
import type { SchemaType } from './value-types.ts';

export interface TypedSchemaSpec {
  readonly type: SchemaType;
  /** For people: becomes the qualifier `Description`. */
  readonly description?: string;
  /** The default value; absent is null. */
  readonly value?: unknown;
  readonly qualifiers?: QualifierSpecs;
}

export interface PropertySchemaSpec extends TypedSchemaSpec {
  /** Default false. */
  readonly key?: boolean;
  /** Whether null is refused. Default false. */
  readonly notNull?: boolean;
  /** What a caller must have enabled to read it; to others it is null. @see docs/rules.md 4.6, 7.1 */
  readonly privileges?: readonly PrivilegeName[];
  /** What a caller must have enabled to write instances. */
  readonly writePrivileges?: readonly PrivilegeName[];
}

export type ParameterSpecs = Readonly<Record<string, SchemaType | TypedSchemaSpec>>;

export interface MethodSchemaSpec {
  readonly description?: string;
  readonly in?: ParameterSpecs;
  readonly out?: ParameterSpecs;
  /** Absent for void. */
  readonly returns?: CimTypeName;
  /** Whether it is called on the class. Default false. */
  readonly static?: boolean;
  /** What a caller must have enabled. @see docs/rules.md 7.1 */
  readonly privileges?: readonly PrivilegeName[];
  readonly qualifiers?: QualifierSpecs;
}

export type PropertySpecs = Readonly<Record<string, SchemaType | PropertySchemaSpec>>;
export type MethodSpecs = Readonly<Record<string, MethodSchemaSpec>>;
