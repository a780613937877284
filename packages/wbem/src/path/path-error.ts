import { WbemLimits } from '../cim/limits.ts';
import { ParseError } from '../errors/parse-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';

const SHOWN = 40;

export function invalidPath(text: string, offset: number, expected: string): ParseError {
  const got = offset >= text.length ? 'the end' : JSON.stringify(text.slice(offset, offset + SHOWN));
  const details = { offset, expected, got };
  const hresult = WbemStatus.WBEM_E_INVALID_OBJECT_PATH;
  return new ParseError('WBEM_E_INVALID_OBJECT_PATH', 'object path', details, { hresult });
}

export function pathTooLong(length: number): ParseError {
  const details = {
    offset: WbemLimits.MaxPath,
    expected: `at most ${WbemLimits.MaxPath} characters`,
    got: `${length}`,
  };
  const hresult = WbemStatus.WBEM_E_QUOTA_VIOLATION;
  return new ParseError('WBEM_E_QUOTA_VIOLATION', 'object path', details, { hresult });
}
