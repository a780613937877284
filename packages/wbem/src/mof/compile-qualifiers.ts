import { CimType } from '../cim/cim-type.ts';
import { foldName } from '../cim/names.ts';
import type { CimQualifier, QualifierFlavor } from '../cim/objects.ts';
import { type QualifierValue, qualifier, standardFlavor } from '../cim/qualifier.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { applyFlavors } from './mof-flavor.ts';
import type { MofQualifier, MofScalar } from './mof-syntax.ts';

export interface FlavorContext {
  /** By folded name: what the document declared for all uses of a qualifier. */
  readonly flavors: Map<string, (usual: QualifierFlavor) => QualifierFlavor>;
}

/**
 * Qualifiers with their types and flavors: the standard flavor, then what the document declares for the
 * name, then what is written at the place.
 * @throws WbemError `WBEM_E_VALUE_OUT_OF_RANGE` for an integer past `sint32`, `WBEM_E_INVALID_QUALIFIER_TYPE`
 *   for a value that no qualifier has.
 */
export function compileQualifiers(
  context: FlavorContext,
  qualifiers: readonly MofQualifier[],
): CimQualifier[] {
  return qualifiers.map((written) => compileQualifier(context, written));
}

function compileQualifier(
  { flavors }: FlavorContext,
  { name, value, flavors: written }: MofQualifier,
): CimQualifier {
  const usual = standardFlavor(name);
  const flavor = applyFlavors(flavors.get(foldName(name))?.(usual) ?? usual, written);
  if (value === null) return qualifier(name, true, flavor);
  if (value.kind === 'null') return { name, type: CimType.String, isArray: false, value: null, flavor };
  if (value.kind !== 'array') return qualifier(name, constantOf(name, value), flavor);
  const real = value.elements.some((element) => element.kind === 'real');
  const compiled = qualifier(
    name,
    value.elements.map((element) => constantOf(name, element)) as QualifierValue,
    flavor,
  );
  return real ? { ...compiled, type: CimType.Real64 } : compiled;
}

function constantOf(name: string, value: MofScalar): boolean | number | string {
  switch (value.kind) {
    case 'boolean':
    case 'real':
    case 'string':
    case 'char':
      return value.value;
    case 'integer':
      if (BigInt.asIntN(32, value.value) === value.value) return Number(value.value);
      throw new WbemError(
        WbemStatus.WBEM_E_VALUE_OUT_OF_RANGE,
        `the qualifier ${name} holds a sint32, got ${value.value}`,
      );
    default:
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_QUALIFIER_TYPE,
        `the qualifier ${name} holds booleans, sint32, real64 or strings, got ${value.kind}`,
      );
  }
}
