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
  if (!sid.startsWith('S-1-')) throw malformed(sid);
  let at = partEnd(sid, PREFIX);
  writeAuthority(bytes, offset, sid, at);
  let out = offset + SID_HEADER;
  while (at < sid.length) {
    const start = at + 1;
    at = partEnd(sid, start);
    writeUint32(bytes, out, decimal(sid, start, at, MAX_UINT32));
    out += 4;
  }
  const count = (out - offset - SID_HEADER) / 4;
  if (count > MAX_SUB_AUTHORITIES) throw malformed(sid);
  bytes[offset] = 1;
  bytes[offset + 1] = count;
  return out;
}

function partEnd(sid: Sid, start: number): number {
  let at = start;
  while (at < sid.length && sid.charCodeAt(at) !== DASH) at++;
  return at;
}

/** The number from one offset up to another. */
function decimal(sid: Sid, start: number, end: number, max: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = sid.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) throw malformed(sid);
    value = value * 10 + digit;
  }
  if (start === end || value > max) throw malformed(sid);
  return value;
}

function writeAuthority(bytes: Uint8Array, offset: number, sid: Sid, end: number): void {
  const isHex = sid.startsWith('0x', PREFIX);
  const authority = isHex ? hexAuthority(sid, end) : decimal(sid, PREFIX, end, MAX_AUTHORITY);
  const high = Math.floor(authority / 0x1_0000_0000);
  bytes[offset + 2] = high >>> 8;
  bytes[offset + 3] = high;
  bytes[offset + 4] = authority >>> 24;
  bytes[offset + 5] = authority >>> 16;
  bytes[offset + 6] = authority >>> 8;
  bytes[offset + 7] = authority;
}

function hexAuthority(sid: Sid, end: number): number {
  const authority = Number(sid.slice(PREFIX, end));
  if (!(authority <= MAX_AUTHORITY)) throw malformed(sid);
  return authority;
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
