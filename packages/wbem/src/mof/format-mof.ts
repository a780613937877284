import type { CimObject } from '../cim/objects.ts';
import type { MofDocument } from './mof-syntax.ts';
import { objectToMof } from './object-to-mof.ts';
import { printMof } from './print-mof.ts';

/**
 * The MOF text of a document, class or instance; `parseMof` reads it back as the same. A class is written
 * with its inherited members.
 * @throws WbemError for what MOF cannot say: `WBEM_E_INVALID_PARAMETER` for a name that is none,
 *   `WBEM_E_ILLEGAL_NULL` for null in an array, `WBEM_E_VALUE_OUT_OF_RANGE` for NaN and infinity,
 *   `WBEM_E_QUOTA_VIOLATION` for objects nested deeper than `WbemLimits.MaxObjectNesting`.
 * @see DMTF DSP0004 annex A
 */
export function formatMof(subject: MofDocument | CimObject): string {
  return printMof('items' in subject ? subject : { items: [objectToMof(subject)] });
}
