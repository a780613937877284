import { hresultFromWin32, ParseError, Win32Error } from '@wmisec/wbem';
import { scanSid } from './scan-sid.ts';
import type { Sid } from './sid.ts';

const SHOWN = 40;

/**
 * Reads a SID such as `S-1-5-32-544` and gives its canonical text. A small `s`, a hexadecimal authority and
 * leading zeros are taken; aliases such as `BA` are not, they belong to SDDL.
 * @throws ParseError `ERROR_INVALID_SID`
 * @see [MS-DTYP] 2.4.2.1
 */
export function parseSid(text: string): Sid {
  const error = (offset: number, expected: string) => invalidSidText(text, offset, expected);
  const cursor = { text, at: 0, error };
  const sid = scanSid(cursor);
  if (cursor.at !== text.length) throw error(cursor.at, 'the end');
  return sid;
}

function invalidSidText(text: string, offset: number, expected: string): ParseError {
  const got = offset >= text.length ? 'the end' : JSON.stringify(text.slice(offset, offset + SHOWN));
  const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_SID);
  return new ParseError('ERROR_INVALID_SID', 'SID', { offset, expected, got }, { hresult });
}
