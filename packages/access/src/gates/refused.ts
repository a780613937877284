import type { Hresult, Refusal } from '@wmisec/wbem';
import type { Refused } from './gate.ts';

/** Makes a refusal; what is not given is unknown. */
export function refused(
  status: Hresult,
  gate: string,
  { missing, ace = null, fix = null }: Pick<Refusal, 'missing'> & Partial<Refusal>,
): Refused {
  return { passed: false, status, refusal: { gate, missing, ace, fix } };
}
