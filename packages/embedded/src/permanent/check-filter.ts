import { isSchemaQuery, type PropertyBag, parseWql, sameName, WbemError, WbemStatus } from '@wmisec/wbem';
import { compileEventQuery } from '../events/event-query.ts';
import type { Namespace } from '../server/namespace.ts';
import { prepareEventAccess } from './event-access.ts';
import { eventNamespace } from './event-namespace.ts';

/** Not there when the filter is written, they may be when it is activated. */
const MAY_COME: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_INVALID_CLASS,
  WbemStatus.WBEM_E_INVALID_NAMESPACE,
]);

/**
 * What a filter has to be to be stored.
 * @param row its properties. @param own the namespace that it is written to.
 * @param namespaceOf gives a namespace whose classes the writer may know of; null for others.
 * @throws WbemError `WBEM_E_INVALID_QUERY_TYPE` for another language than WQL, `WBEM_E_INVALID_PARAMETER` for an
 *   EventNamespace or an EventAccess that is none, and what `compileEventQuery` throws; but a class or namespace
 *   that is missing may come later.
 * @see docs/rules.md 5.7, 9.9
 */
export function checkFilter(
  { Query, QueryLanguage, EventNamespace, EventAccess }: PropertyBag,
  own: string,
  namespaceOf: (path: string) => Namespace | null,
): void {
  if (typeof QueryLanguage !== 'string' || !sameName(QueryLanguage, 'WQL'))
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_QUERY_TYPE,
      `QueryLanguage: expected WQL, got ${JSON.stringify(String(QueryLanguage).slice(0, 80))}`,
    );
  prepareEventAccess(EventAccess);
  const path = eventNamespace(EventNamespace, own);
  checkSyntax(String(Query));
  try {
    const namespace = namespaceOf(path);
    if (namespace !== null) compileEventQuery(namespace, String(Query));
  } catch (error) {
    if (!(error instanceof WbemError) || !MAY_COME.has(error.hresult)) throw error;
  }
}

function checkSyntax(text: string): void {
  const query = parseWql(text);
  if (query.kind === 'select' && !isSchemaQuery(query)) return;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_QUERY, 'expected a SELECT from an event class');
}
