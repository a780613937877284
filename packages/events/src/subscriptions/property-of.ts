import { type CimValue, type PropertyBag, sameName } from '@wmisec/wbem';

/** A property in whatever case its class spells it, as consumers read it; null for one that is not there. */
export function propertyOf(properties: PropertyBag, name: string): CimValue {
  const spelled = name in properties ? name : Object.keys(properties).find((each) => sameName(each, name));
  return spelled === undefined ? null : (properties[spelled] ?? null);
}
