import type { Native } from '@wmisec/com-core';
import { hresultFromWin32, WbemError, Win32Error } from '@wmisec/wbem';
import { decodeSid } from '../sid/decode-sid.ts';
import { encodeSid } from '../sid/encode-sid.ts';
import type { Sid } from '../sid/sid.ts';

const MAX_SID = 68;
const MAX_NAME = 1024;

export interface Account {
  readonly domain: string;
  readonly name: string;
}

/**
 * The SID of an account, `DOMAIN\name`; null when nobody bears the name.
 * @throws WbemError with the Win32 error as HRESULT when the question itself fails.
 */
export function sidOfAccount(native: Native, account: string): Sid | null {
  const { advapi32, memory } = native;
  using out = memory.alloc(MAX_SID + MAX_NAME * 2 + 12);
  const [domain, sizes, use] = [MAX_SID, MAX_SID + MAX_NAME * 2, MAX_SID + MAX_NAME * 2 + 8];
  out.view.setUint32(sizes, MAX_SID, true);
  out.view.setUint32(sizes + 4, MAX_NAME, true);
  const found = lookup(native, 'LookupAccountName', () =>
    advapi32.LookupAccountNameW(
      null,
      account,
      out.ptr,
      out.at(sizes),
      out.at(domain),
      out.at(sizes + 4),
      out.at(use),
    ),
  );
  return found ? decodeSid(out.bytes.subarray(0, 8 + 4 * out.bytes[1]!)) : null;
}

/** The account of a SID; null when the system knows none. */
export function accountOfSid(native: Native, sid: Sid): Account | null {
  const { advapi32, memory } = native;
  using binary = memory.alloc(MAX_SID);
  binary.bytes.set(encodeSid(sid));
  using out = memory.alloc(MAX_NAME * 4 + 12);
  const [domain, sizes, use] = [MAX_NAME * 2, MAX_NAME * 4, MAX_NAME * 4 + 8];
  out.view.setUint32(sizes, MAX_NAME, true);
  out.view.setUint32(sizes + 4, MAX_NAME, true);
  const found = lookup(native, 'LookupAccountSid', () =>
    advapi32.LookupAccountSidW(
      null,
      binary.ptr,
      out.ptr,
      out.at(sizes),
      out.at(domain),
      out.at(sizes + 4),
      out.at(use),
    ),
  );
  return found ? { domain: memory.readText(out.at(domain)), name: memory.readText(out.ptr) } : null;
}

function lookup(native: Native, operation: string, call: () => number): boolean {
  const { result, lastError } = native.withLastError(call);
  if (result !== 0) return true;
  if (lastError === Win32Error.ERROR_NONE_MAPPED) return false;
  throw new WbemError(hresultFromWin32(lastError), undefined, { operation });
}
