import { hresultFromWin32, ParseError, Win32Error } from '@wmisec/wbem';
import { readUint32 } from '../bytes/little-endian.ts';
import { authorityText } from './authority-text.ts';
import { knownBuiltin, knownOne } from './known-sids.ts';
import type { Sid } from './sid.ts';
import { MAX_SUB_AUTHORITIES, SID_HEADER } from './sid-limits.ts';

const REVISION = 1;
const NT_AUTHORITY = 5;
const BUILTIN_DOMAIN = 32;

/**
 * Reads the SID at an offset; `sidLength` of it is the bytes it took. A SID without sub-authorities is legal
 * here, as in Windows, though no text form of SDDL takes it.
 * @param end where the bytes that may be read end.
 * @throws ParseError `ERROR_INVALID_SID`: truncated, revision not 1, or over 15 sub-authorities.
 * @see [MS-DTYP] 2.4.2.2
 */
export function decodeSid(bytes: Uint8Array, offset = 0, end = bytes.length): Sid {
  const limit = Math.min(end, bytes.length);
  if (!Number.isInteger(offset) || offset < 0 || offset + SID_HEADER > limit) {
    throw invalidSid(offset, `${SID_HEADER} bytes of a SID`, `${Math.max(0, limit - offset)}`);
  }
  const count = bytes[offset + 1]!;
  if (bytes[offset] !== REVISION) throw invalidSid(offset, 'SID revision 1', `${bytes[offset]}`);
  if (count > MAX_SUB_AUTHORITIES) throw invalidSid(offset + 1, 'at most 15 sub-authorities', `${count}`);
  const length = SID_HEADER + 4 * count;
  if (offset + length > limit) throw invalidSid(offset, `a SID of ${length} bytes`, `${limit - offset}`);
  return knownSid(bytes, offset, count) ?? anySid(bytes, offset, count);
}

function knownSid(bytes: Uint8Array, offset: number, count: number): Sid | undefined {
  if (count === 0 || count > 2) return undefined;
  const authority = readAuthority(bytes, offset);
  const first = readUint32(bytes, offset + SID_HEADER);
  if (count === 1) return knownOne(authority, first);
  if (authority !== NT_AUTHORITY || first !== BUILTIN_DOMAIN) return undefined;
  return knownBuiltin(readUint32(bytes, offset + SID_HEADER + 4));
}

function anySid(bytes: Uint8Array, offset: number, count: number): Sid {
  let text: Sid = `S-1-${authorityText(readAuthority(bytes, offset))}`;
  for (let i = 0; i < count; i++) text += `-${readUint32(bytes, offset + SID_HEADER + 4 * i)}`;
  return text;
}

/** Big-endian, unlike all else in a descriptor. */
function readAuthority(bytes: Uint8Array, offset: number): number {
  const high = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
  const low =
    ((bytes[offset + 4]! << 24) |
      (bytes[offset + 5]! << 16) |
      (bytes[offset + 6]! << 8) |
      bytes[offset + 7]!) >>>
    0;
  return high === 0 ? low : high * 0x1_0000_0000 + low;
}

function invalidSid(offset: number, expected: string, got: string): ParseError {
  const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_SID);
  return new ParseError('ERROR_INVALID_SID', 'SID', { offset, expected, got }, { hresult });
}
