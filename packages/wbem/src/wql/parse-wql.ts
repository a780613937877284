import { WbemLimits } from '../cim/limits.ts';
import { parseAssociators, parseReferences } from './parse-association.ts';
import { parseSelect } from './parse-select.ts';
import type { WqlQuery } from './query.ts';
import { queryTooLong } from './query-error.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Reads a WQL query: `SELECT` for data, events and schema, `ASSOCIATORS OF`, `REFERENCES OF`. Keywords are
 * the same in any case; strings stand in quotes of either kind, with a backslash before `\`, `"` and `'`.
 * @throws ParseError
 *   `WBEM_E_INVALID_QUERY` for anything else, and for parentheses and `NOT` nested more than 128 deep,
 *   `WBEM_E_QUOTA_VIOLATION` past `WbemLimits.MaxQuery`.
 * @see Microsoft, "WQL (SQL for WMI)"; [MS-WMI] 2.2.1; docs/rules.md 10.3
 */
export function parseWql(text: string): WqlQuery {
  if (text.length > WbemLimits.MaxQuery) throw queryTooLong(text.length);
  const reader = new TokenReader(text);
  if (reader.takeKeyword('SELECT')) return parseSelect(reader);
  if (reader.takeKeyword('ASSOCIATORS')) return parseAssociators(reader);
  if (reader.takeKeyword('REFERENCES')) return parseReferences(reader);
  throw reader.error('SELECT, ASSOCIATORS OF or REFERENCES OF');
}
