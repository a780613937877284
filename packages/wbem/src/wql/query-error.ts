import { WbemLimits } from '../cim/limits.ts';
import { ParseError } from '../errors/parse-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';

/** The error at an offset of a query, with the line and column that a reader counts. */
export function invalidQuery(
  text: string,
  offset: number,
  expected: string,
  got: string,
  cause?: unknown,
): ParseError {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const details = { offset, line, column: offset - lineStart + 1, expected, got };
  const hresult = WbemStatus.WBEM_E_INVALID_QUERY;
  return new ParseError('WBEM_E_INVALID_QUERY', 'query', details, {
    hresult,
    ...(cause !== undefined && { cause }),
  });
}

export function queryTooLong(length: number): ParseError {
  const expected = `at most ${WbemLimits.MaxQuery} characters`;
  const details = { offset: WbemLimits.MaxQuery, expected, got: `${length}` };
  const hresult = WbemStatus.WBEM_E_QUOTA_VIOLATION;
  return new ParseError('WBEM_E_QUOTA_VIOLATION', 'query', details, { hresult });
}
