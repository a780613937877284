import { sameName } from '../cim/names.ts';
import type { SelectQuery } from './query.ts';

/**
 * True for a query whose rows are classes, `SELECT * FROM meta_class`.
 * @see Microsoft, "SELECT Statement for Schema Queries"
 */
export function isSchemaQuery({ className }: Pick<SelectQuery, 'className'>): boolean {
  return sameName(className, 'meta_class');
}
