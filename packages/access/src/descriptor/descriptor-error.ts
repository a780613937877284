import { hresultFromWin32, ParseError, Win32Error } from '@wmisec/wbem';

/** The error for bytes of a descriptor outside of its ACLs and SIDs. */
export function invalidDescriptor(offset: number, expected: string, got: string): ParseError {
  return invalidBytes('ERROR_INVALID_SECURITY_DESCR', 'security descriptor', { offset, expected, got });
}

export function invalidAcl(offset: number, expected: string, got: string): ParseError {
  return invalidBytes('ERROR_INVALID_ACL', 'ACL', { offset, expected, got });
}

function invalidBytes(
  code: 'ERROR_INVALID_SECURITY_DESCR' | 'ERROR_INVALID_ACL',
  what: string,
  details: { offset: number; expected: string; got: string },
): ParseError {
  return new ParseError(code, what, details, { hresult: hresultFromWin32(Win32Error[code]) });
}
