import {
  CimType,
  type CimValue,
  isCimDateTime,
  isCimObject,
  type PropertyBag,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { ClassId } from '../raw/class-ids.ts';
import { IWbemContext } from '../raw/interfaces/client.ts';
import { NULL } from '../raw/pointer.ts';
import { Variant } from '../values/variant.ts';

/**
 * An `IWbemContext` with the given values; null for none. Integers travel as `sint32`, or as text when they
 * are longer, other numbers as `real64`.
 * @throws WbemError `WBEM_E_TYPE_MISMATCH` for an embedded object or elements of several types.
 */
export function createContext(
  com: Com,
  values: PropertyBag | undefined,
): ComPointer<typeof IWbemContext> | null {
  if (values === undefined) return null;
  const context = com.create(ClassId.CLSID_WbemContext, IWbemContext);
  try {
    for (const [name, value] of Object.entries(values)) setValue(com, context, name, value);
    return context;
  } catch (error) {
    context[Symbol.dispose]();
    throw error;
  }
}

function setValue(com: Com, context: ComPointer<typeof IWbemContext>, name: string, value: CimValue): void {
  using text = com.bstr(name);
  using variant = new Variant(com.native, () => NULL);
  const isArray = Array.isArray(value);
  const first = isArray ? (value[0] ?? null) : (value as Exclude<CimValue, readonly unknown[]>);
  variant.set(typeOf(name, first), isArray, value);
  com.checkHere(context.call('SetValue', text.ptr, 0, variant.ptr), 'IWbemContext.SetValue');
}

function typeOf(name: string, value: CimValue): CimType {
  if (isCimObject(value))
    throw new WbemError(WbemStatus.WBEM_E_TYPE_MISMATCH, `the context value ${name} cannot be an object`);
  if (typeof value === 'boolean') return CimType.Boolean;
  if (typeof value === 'bigint') return CimType.Sint64;
  if (isCimDateTime(value)) return CimType.DateTime;
  if (typeof value !== 'number') return CimType.String;
  if (!Number.isInteger(value)) return CimType.Real64;
  return (value | 0) === value ? CimType.Sint32 : CimType.Sint64;
}
