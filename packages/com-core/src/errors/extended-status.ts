import type { CimInstance } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import { readObject } from '../objects/read-object.ts';
import { IWbemClassObject } from '../raw/interfaces/client.ts';
import { IErrorInfo } from '../raw/interfaces/unknown.ts';
import type { Ptr } from '../raw/pointer.ts';

/**
 * The properties of the `__ExtendedStatus` behind an error object, whose reference is taken over;
 * `undefined` for a null pointer and for error objects that WMI did not make.
 * @see docs/rules.md 4.6
 */
export function extendedStatusOf(
  com: Com,
  errorInfo: Ptr<'IErrorInfo'>,
): CimInstance['properties'] | undefined {
  using info = com.own(IErrorInfo, errorInfo);
  if (info === null) return undefined;
  using status = com.cast(info.ptr, IWbemClassObject);
  if (status === null) return undefined;
  try {
    const object = readObject(com, status.ptr);
    return object.kind === 'instance' ? object.properties : undefined;
  } catch {
    return undefined; // The failure itself matters more than what describes it.
  }
}
