import { foldName } from '../cim/names.ts';
import type { Condition, PropertyName, SelectQuery } from './query.ts';

/**
 * The properties that a query reads in its select list, `WHERE` and `GROUP BY`, each once in any case, in the
 * order of the text; `*` names none.
 */
export function referencedProperties({ columns, where, group }: SelectQuery): readonly PropertyName[] {
  const names = new Map<string, PropertyName>();
  const add = (name: PropertyName) => {
    const id = foldName(name.join('.'));
    if (!names.has(id)) names.set(id, name);
  };
  columns?.forEach(add);
  if (where !== null) visit(where, add);
  group?.by.forEach(add);
  return [...names.values()];
}

function visit(condition: Condition, add: (name: PropertyName) => void): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const term of condition.terms) visit(term, add);
      return;
    case 'not':
      visit(condition.term, add);
      return;
    case 'compareProperties':
      add(condition.property);
      add(condition.other);
      return;
    default:
      add(condition.property);
  }
}
