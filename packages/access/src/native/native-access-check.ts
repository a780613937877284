import type { Native } from '@wmisec/com-core';
import { hresultFromWin32, WbemError } from '@wmisec/wbem';
import type { GenericMapping } from '../check/generic-mapping.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { TokenHandle } from './token-handle.ts';

const PRIVILEGE_SET_ROOM = 1024;

/** What the operating system's own `AccessCheck` decided. */
export interface NativeAccessResult {
  readonly granted: boolean;
  /** Unsigned; 0 when denied. */
  readonly mask: number;
}

/**
 * Asks the operating system.
 * @param token for impersonation: see `TokenHandle.forChecking`.
 * @param desired without generic bits.
 * @throws WbemError with the Win32 error as HRESULT when the check itself fails: 1309 for a primary token, 1338 for
 * a descriptor without owner or group, 1360 for a generic bit.
 * @see docs/rules.md 4.4
 */
export function nativeAccessCheck(
  native: Native,
  descriptor: SecurityDescriptor,
  token: TokenHandle,
  desired: number,
  mapping: GenericMapping,
): NativeAccessResult {
  const { memory, advapi32 } = native;
  const encoded = encodeSecurityDescriptor(descriptor);
  using sd = memory.alloc(encoded.length);
  sd.bytes.set(encoded);
  using generic = memory.alloc(16);
  [mapping.read, mapping.write, mapping.execute, mapping.all].forEach((mask, i) => {
    generic.view.setUint32(4 * i, mask, true);
  });
  using privileges = memory.alloc(PRIVILEGE_SET_ROOM);
  using out = memory.alloc(12);
  out.view.setUint32(0, PRIVILEGE_SET_ROOM, true);
  const { result, lastError } = native.withLastError(() =>
    advapi32.AccessCheck(
      sd.ptr,
      token.handle,
      desired,
      generic.ptr,
      privileges.ptr,
      out.ptr,
      out.at(4),
      out.at(8),
    ),
  );
  if (result === 0) throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'AccessCheck' });
  const granted = out.view.getUint32(8, true) !== 0;
  return { granted, mask: granted ? out.view.getUint32(4, true) : 0 };
}
