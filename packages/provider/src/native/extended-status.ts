import type { NamespaceObjects, ObjectArray } from '@wmisec/com-core';
import { type CimInstance, CimType, type CimValue, type WbemError } from '@wmisec/wbem';

const PROPERTIES = [
  ['Description', CimType.String],
  ['Operation', CimType.String],
  ['ParameterInfo', CimType.String],
  ['ProviderName', CimType.String],
  ['StatusCode', CimType.Uint32],
] as const;

const SHAPE = {
  className: '__ExtendedStatus',
  derivation: ['__NotifyStatus', '__SystemClass'],
  properties: PROPERTIES.map(([name, type]) => ({ name, type, isArray: false, isKey: false })),
};

/**
 * The `__ExtendedStatus` of a failure; null where the service does not let one be made: the failure itself matters
 * more than what describes it.
 * @see docs/rules.md 4.6
 */
export function extendedStatus(
  objects: NamespaceObjects,
  providerName: string,
  operation: string,
  error: WbemError,
): ObjectArray | null {
  const told = error.extendedStatus ?? {};
  const described: Record<string, CimValue> = {
    Description: textOf(told['Description']) ?? error.message,
    Operation: textOf(told['Operation']) ?? operation,
    ParameterInfo: textOf(told['ParameterInfo']),
    ProviderName: textOf(told['ProviderName']) ?? providerName,
    StatusCode: error.hresult,
  };
  const instance: CimInstance = { kind: 'instance', shape: SHAPE, properties: described, path: null };
  try {
    return objects.instances([instance]);
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
