import { type CimClass, type CimInstance, type MethodResult, sameName } from '@wmisec/wbem';

/**
 * What a method gave, as one instance of `__PARAMETERS`.
 * @returns null when the method gives nothing.
 */
export function outParamsObject(
  cls: CimClass,
  name: string,
  { returnValue, outParams }: MethodResult,
): CimInstance | null {
  const method = cls.methods.find((each) => sameName(each.name, name));
  if (method === undefined) return null;
  const properties = method.outParams.map(({ name, type, isArray }) => ({
    name,
    type,
    isArray,
    isKey: false,
  }));
  const values = { ...outParams };
  if (method.returnType !== null) {
    properties.push({ name: 'ReturnValue', type: method.returnType, isArray: false, isKey: false });
    values['ReturnValue'] = returnValue;
  }
  if (properties.length === 0) return null;
  const shape = { className: '__PARAMETERS', derivation: [], properties };
  return { kind: 'instance', shape, properties: values, path: null };
}
