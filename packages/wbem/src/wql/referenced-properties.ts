import { foldName } from '../cim/names.ts';
import type { PropertyName, SelectQuery } from './query.ts';
import { testsOf } from './tests-of.ts';

/**
 * The properties that a query reads in its select list, `WHERE` and `GROUP BY`, each once in any case, in the
 * order of the text; `*` names none.
 */
export function referencedProperties({ columns, where, group }: SelectQuery): readonly PropertyName[] {
  const tests = where === null ? [] : testsOf(where);
  const compared = tests.flatMap((t) =>
    t.kind === 'compareProperties' ? [t.property, t.other] : [t.property],
  );
  const names = new Map<string, PropertyName>();
  for (const name of [...(columns ?? []), ...compared, ...(group?.by ?? [])]) {
    const id = foldName(name.join('.'));
    if (!names.has(id)) names.set(id, name);
  }
  return [...names.values()];
}
