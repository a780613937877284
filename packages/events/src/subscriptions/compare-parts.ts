import { type CimInstance, type CimValue, type PropertyBag, sameName } from '@wmisec/wbem';
import { partReference } from './part-reference.ts';

/** What the service sets itself. */
const SET_BY_SERVICE = 'CreatorSID';

/** The properties in which a part as it is differs from one as it is wanted. */
export function differences(part: PropertyBag, { properties }: CimInstance): string[] {
  return Object.entries(properties)
    .filter(([name, wanted]) => name !== SET_BY_SERVICE && !sameValue(part[name] ?? null, wanted))
    .map(([name]) => name);
}

/** References count by what they name: the service may write them in full. */
function sameValue(a: CimValue, b: CimValue): boolean {
  if (plain(a) === plain(b)) return true;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const [one, other] = [partReference(a), partReference(b)];
  return one !== null && other !== null && sameName(one.id, other.id);
}

function plain(value: CimValue): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each));
}
