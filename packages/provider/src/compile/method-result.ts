import { type CimValue, type MethodResult, type PropertyBag, WbemError, WbemStatus } from '@wmisec/wbem';

/**
 * What a method handler gave, as hosts take it; nothing is an empty result. The host checks the types.
 * @throws WbemError `WBEM_E_PROVIDER_FAILURE` for what is no object.
 */
export function methodResult(given: unknown): MethodResult {
  if (given === undefined || given === null) return { returnValue: null, outParams: {} };
  if (typeof given !== 'object' || Array.isArray(given))
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_FAILURE,
      `a method gives an object of its parameters out and ReturnValue, got ${typeof given}`,
    );
  const { ReturnValue = null, ...outParams } = given as PropertyBag & { readonly ReturnValue?: CimValue };
  return { returnValue: ReturnValue, outParams };
}
