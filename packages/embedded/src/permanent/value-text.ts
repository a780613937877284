import {
  type CimValue,
  formatDateTime,
  formatMof,
  isCimDateTime,
  isCimObject,
  WmisecError,
} from '@wmisec/wbem';

/**
 * A value as a template shows it: `(1,5)` for an array, without parentheses for one element, MOF for an embedded
 * object, nothing for null.
 * @see Microsoft, "Using Standard String Templates"
 */
export function valueText(value: CimValue): string {
  if (Array.isArray(value)) {
    const texts = value.map((each) => (typeof each === 'string' ? `"${each}"` : valueText(each)));
    return texts.length === 1 ? texts[0]! : `(${texts.join(',')})`;
  }
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (isCimDateTime(value)) return formatDateTime(value);
  return isCimObject(value) ? mofOf(value) : String(value);
}

/** What MOF has no words for, such as NaN, is left out. */
function mofOf(object: Parameters<typeof formatMof>[0]): string {
  try {
    return formatMof(object);
  } catch (error) {
    if (error instanceof WmisecError) return '';
    throw error;
  }
}
