import {
  type CimClass,
  type CimParameter,
  type CimValue,
  checkValue,
  type MethodResult,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';

/**
 * What a method gave, as its declaration has it: every parameter out, in its type.
 * @throws WbemError `WBEM_E_PROVIDER_FAILURE` for what does not fit.
 */
export function checkedResult(cls: CimClass, name: string, result: MethodResult): MethodResult {
  const method = cls.methods.find((each) => sameName(each.name, name));
  if (method === undefined) return result;
  const where = `${cls.className}.${method.name}`;
  const { returnValue = null, outParams = {} } = result ?? {};
  const returned: Typed = { name: 'ReturnValue', type: method.returnType, isArray: false };
  return {
    returnValue: checked(where, returned, returnValue),
    outParams: Object.fromEntries(
      method.outParams.map((out) => [out.name, checked(where, out, outParams[out.name] ?? out.value)]),
    ),
  };
}

type Typed = Pick<CimParameter, 'name' | 'isArray'> & { readonly type: CimParameter['type'] | null };

function checked(method: string, { name, type, isArray }: Typed, value: CimValue): CimValue {
  if (type === null) return null;
  try {
    return checkValue(type, isArray, value);
  } catch (cause) {
    if (!(cause instanceof WbemError)) throw cause;
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_FAILURE,
      `a result does not fit its method: ${method}: ${name}: ${cause.message}`,
      { cause },
    );
  }
}
