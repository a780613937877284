import { WmisecError } from '@wmisec/wbem';

/** The error for a valid descriptor that has no SDDL. */
export function inexpressible(what: string): WmisecError {
  return new WmisecError('SDDL_INEXPRESSIBLE', `SDDL has no words for ${what}`);
}
