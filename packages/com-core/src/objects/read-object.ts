import {
  type CimInstance,
  type CimObject,
  getQualifier,
  type PropertyShape,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import { IWbemClassObject } from '../raw/interfaces/client.ts';
import type { Ptr } from '../raw/pointer.ts';
import { keyNames } from './key-names.ts';
import { ObjectView } from './object-view.ts';
import { readClass } from './read-class.ts';

const GENUS_CLASS = 1;

/**
 * An object as plain data. The reference stays the caller's.
 * @throws WbemError what reading its parts throws; `WBEM_E_QUOTA_VIOLATION` for endless nesting.
 */
export function readObject(com: Com, ptr: Ptr<'IWbemClassObject'>, depth = 1): CimObject {
  using view = new ObjectView(com, ptr, depth, (inner, next) => readEmbedded(com, inner, next));
  return view.get('__GENUS') === GENUS_CLASS ? readClass(view) : readInstance(view);
}

/** The instance behind an object, a class read as an instance of its default values. */
function readInstance(view: ObjectView): CimInstance {
  const path = view.text('__RELPATH');
  const read = [...view.properties()];
  const keys = keyNames(path) ?? keysByQualifier(view, read);
  const properties: PropertyShape[] = read.map(({ name, type, isArray }) => ({
    name,
    type,
    isArray,
    isKey: keys.has(name.toLowerCase()),
  }));
  const qualifiers = view.qualifiers();
  return {
    kind: 'instance',
    shape: {
      className: view.text('__CLASS') ?? '',
      derivation: view.texts('__DERIVATION'),
      properties,
    },
    properties: Object.fromEntries(read.map(({ name, value }) => [name, value])),
    path,
    ...(qualifiers.length > 0 && { qualifiers }),
  };
}

function keysByQualifier(view: ObjectView, properties: readonly { name: string }[]): Set<string> {
  const isKey = ({ name }: { name: string }) =>
    getQualifier({ qualifiers: view.qualifiersOf('GetPropertyQualifierSet', name) }, 'key')?.value === true;
  return new Set(properties.filter(isKey).map(({ name }) => name.toLowerCase()));
}

/**
 * The object behind the `IUnknown` of an embedded one.
 * @throws WbemError `WBEM_E_TYPE_MISMATCH` when it is none of WMI's; what `readObject` throws.
 */
export function readEmbedded(com: Com, ptr: Ptr, depth: number): CimObject {
  using object = com.cast(ptr, IWbemClassObject);
  if (object !== null) return readObject(com, object.ptr, depth);
  throw new WbemError(WbemStatus.WBEM_E_TYPE_MISMATCH, 'expected an embedded object of WMI, got another');
}
