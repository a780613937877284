import type { CimQualifier } from '../cim/objects.ts';
import { getQualifier } from '../cim/qualifier.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';

interface Qualified {
  readonly qualifiers: readonly CimQualifier[];
}

/**
 * The positions of a method's parameters: their `ID` qualifiers, or the order when none is written.
 * @throws WbemError `WBEM_E_MISSING_PARAMETER_ID`, `WBEM_E_INVALID_PARAMETER_ID`,
 *   `WBEM_E_NONCONSECUTIVE_PARAMETER_IDS`.
 */
export function parameterIds(method: string, parameters: readonly Qualified[]): number[] {
  const written = parameters.map((p) => getQualifier(p, 'ID')?.value);
  if (written.every((id) => id === undefined)) return parameters.map((_, index) => index);
  const ids = written.map((id) => {
    if (id === undefined)
      throw new WbemError(
        WbemStatus.WBEM_E_MISSING_PARAMETER_ID,
        `all parameters of ${method} need an ID, or none`,
      );
    if (typeof id !== 'number' || id < 0 || !Number.isInteger(id))
      throw new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER_ID, `an ID of ${method} counts from 0`);
    return id;
  });
  const ordered = [...ids].sort((a, b) => a - b);
  if (ordered.some((id, index) => id !== index))
    throw new WbemError(
      WbemStatus.WBEM_E_NONCONSECUTIVE_PARAMETER_IDS,
      `the IDs of ${method} are consecutive from 0, got ${ids.join(', ')}`,
    );
  return ids;
}
