import { type Native, NULL, type Ptr } from '@wmisec/com-core';
import { failed, WbemError } from '@wmisec/wbem';
import type { CallSecurity } from './call-security.ts';

/** What COM says of the call being served. */
export interface CallFacts {
  /** `AuthnService` */
  readonly authnService: number;
  readonly authzService: number;
  /** The principal that the caller named for this server; null when it named none. */
  readonly principal: string | null;
  /** `AuthnLevel` */
  readonly authnLevel: number;
  /** A mask of `Capabilities`. */
  readonly capabilities: number;
}

const SIZE = 32;

/** @throws WbemError `RPC_E_CALL_COMPLETE` when no call is being served on this thread. */
export function readCallFacts(native: Native, security: CallSecurity): CallFacts {
  using out = native.memory.alloc(SIZE);
  const hresult = security.queryBlanket({
    principal: out.at(0),
    authnService: out.at(8),
    authzService: out.at(12),
    authnLevel: out.at(16),
    capabilities: out.at(20),
  });
  const principal = takeText(native, out.pointer(0));
  if (failed(hresult))
    throw new WbemError(
      hresult,
      `no call is being served on this thread, or its caller is unknown (0x${hresult.toString(16)})`,
      { operation: 'CoQueryClientBlanket' },
    );
  return {
    principal,
    authnService: out.view.getUint32(8, true),
    authzService: out.view.getUint32(12, true),
    authnLevel: out.view.getUint32(16, true),
    capabilities: out.view.getUint32(20, true),
  };
}

function takeText(native: Native, ptr: Ptr<'WCHAR'>): string | null {
  if (ptr === NULL) return null;
  const text = native.memory.readText(ptr);
  native.ole32.CoTaskMemFree(ptr);
  return text;
}
