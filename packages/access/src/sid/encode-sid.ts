import { hresultFromWin32, ParseError, Win32Error } from '@wmisec/wbem';
import { writeUint32 } from '../bytes/little-endian.ts';
import type { Sid } from './sid.ts';
import { MAX_AUTHORITY, MAX_SUB_AUTHORITIES, MAX_UINT32, SID_HEADER } from './sid-limits.ts';

const DASH = 0x2d;
const ZERO = 0x30;
const SHOWN = 40;
const PREFIX = 'S-1-'.length;

/**
 * The bytes of a SID.
 * @throws ParseError `ERROR_INVALID_SID` for a text that is not a SID's.
 * @see [MS-DTYP] 2.4.2.2
 */
export function encodeSid(sid: Sid): Uint8Array {
  const bytes = new Uint8Array(sidLength(sid));
  writeSid(bytes, 0, sid);
  return bytes;
}

/** How many bytes a SID takes: 8, and 4 for each sub-authority. */
export function sidLength(sid: Sid): number {
  let length = SID_HEADER;
  for (let i = PREFIX; i < sid.length; i++) if (sid.charCodeAt(i) === DASH) length += 4;
  return length;
}

/**
 * Writes a SID and returns the offset behind it; `sidLength` bytes must be there.
 * @throws ParseError `ERROR_INVALID_SID`
 */
export function writeSid(bytes: Uint8Array, offset: number, sid: Sid): number {
  const end = authorityEnd(sid);
  writeAuthority(bytes, offset, sid, Number(sid.slice(PREFIX, end)));
  let out = offset + SID_HEADER;
  for (let at = end + 1; at <= sid.length; at++) {
    const start = at;
    let value = 0;
    for (let c = sid.charCodeAt(at); at < sid.length && c !== DASH; c = sid.charCodeAt(++at)) {
      if (c < ZERO || c > ZERO + 9) throw malformed(sid);
      value = value * 10 + (c - ZERO);
    }
    if (at === start || value > MAX_UINT32) throw malformed(sid);
    writeUint32(bytes, out, value);
    out += 4;
  }
  const count = (out - offset - SID_HEADER) / 4;
  if (count > MAX_SUB_AUTHORITIES) throw malformed(sid);
  bytes[offset] = 1;
  bytes[offset + 1] = count;
  return out;
}

function authorityEnd(sid: Sid): number {
  if (!sid.startsWith('S-1-')) throw malformed(sid);
  const end = sid.indexOf('-', PREFIX);
  return end === -1 ? sid.length : end;
}

function writeAuthority(bytes: Uint8Array, offset: number, sid: Sid, authority: number): void {
  if (!Number.isInteger(authority) || authority < 0 || authority > MAX_AUTHORITY) throw malformed(sid);
  const high = Math.floor(authority / 0x1_0000_0000);
  bytes[offset + 2] = high >>> 8;
  bytes[offset + 3] = high;
  bytes[offset + 4] = authority >>> 24;
  bytes[offset + 5] = authority >>> 16;
  bytes[offset + 6] = authority >>> 8;
  bytes[offset + 7] = authority;
}

function malformed(sid: Sid): ParseError {
  const got = JSON.stringify(sid.slice(0, SHOWN));
  const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_SID);
  return new ParseError(
    'ERROR_INVALID_SID',
    'SID',
    { offset: 0, expected: 'a SID in canonical text', got },
    { hresult },
  );
}
