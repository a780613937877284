import {
  type CimClass,
  type CimMethod,
  type CimParameter,
  type CimValue,
  checkValue,
  foldName,
  type MethodResult,
  type PropertyBag,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';

/** @throws WbemError `WBEM_E_INVALID_METHOD` when the class has none of that name. */
export function methodOf(cls: CimClass, name: string): CimMethod {
  const found = cls.methods.find((method) => sameName(method.name, name));
  if (found !== undefined) return found;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_METHOD,
    `${cls.className} has no method ${JSON.stringify(name.slice(0, 80))}`,
  );
}

/**
 * The parameters in, each in its declared case and type, with its default where none is given.
 * @throws WbemError `WBEM_E_INVALID_METHOD_PARAMETERS`.
 */
export function inParametersOf(cls: CimClass, method: CimMethod, given: PropertyBag): PropertyBag {
  const values = new Map(Object.entries(given).map(([name, value]) => [foldName(name), value]));
  return Object.fromEntries(
    method.inParams.map((parameter) => {
      const value = values.get(foldName(parameter.name)) ?? parameter.value;
      const refuse = (why: string) =>
        badParameters(`${cls.className}.${method.name}: ${parameter.name}: ${why}`);
      return [parameter.name, checked(parameter, value, refuse)];
    }),
  );
}

/**
 * What a method gave, in the declared case and type, `ReturnValue` among it.
 * @throws WbemError `WBEM_E_PROVIDER_FAILURE` for what does not fit.
 */
export function outParametersOf(cls: CimClass, method: CimMethod, result: MethodResult): PropertyBag {
  const { returnValue = null, outParams = {} } = result ?? {};
  const declared: (Typed & { value: CimValue })[] = method.outParams.map((out) => ({
    ...out,
    value: outParams[out.name] ?? out.value,
  }));
  if (method.returnType !== null)
    declared.push({ name: 'ReturnValue', type: method.returnType, isArray: false, value: returnValue });
  return Object.fromEntries(
    declared.map((out) => {
      const refuse = (why: string) => badResult(`${cls.className}.${method.name}: ${out.name}: ${why}`);
      return [out.name, checked(out, out.value, refuse)];
    }),
  );
}

type Typed = Pick<CimParameter, 'name' | 'type' | 'isArray'>;

function checked({ type, isArray }: Typed, value: CimValue, refuse: (why: string) => WbemError): CimValue {
  try {
    return checkValue(type, isArray, value);
  } catch (cause) {
    throw cause instanceof WbemError ? refuse(cause.message) : cause;
  }
}

function badParameters(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS, message);
}

function badResult(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_PROVIDER_FAILURE, `a result does not fit its method: ${message}`);
}
