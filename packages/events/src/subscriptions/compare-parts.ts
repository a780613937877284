import type { CimInstance, CimValue } from '@wmisec/wbem';
import { partReference } from './part-reference.ts';
import type { Part } from './subscription-parts.ts';

/** What the service sets itself. */
const SET_BY_SERVICE = 'CreatorSID';

/** The properties in which a part as it is differs from one as it is wanted. */
export function differences(part: Part, { properties }: CimInstance): string[] {
  return Object.entries(properties)
    .filter(
      ([name, wanted]) =>
        name !== SET_BY_SERVICE && !sameValue(part.properties[name] ?? null, wanted, part.namespace),
    )
    .map(([name]) => name);
}

/** References count by what they name: the service may write them in full. Other texts are equal as they are. */
function sameValue(a: CimValue, b: CimValue, home: string): boolean {
  if (plain(a) === plain(b)) return true;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const id = partReference(a, home)?.id;
  return id !== undefined && id === partReference(b, home)?.id;
}

function plain(value: CimValue): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each));
}
