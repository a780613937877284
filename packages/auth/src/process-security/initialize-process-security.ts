import { type Native, type NativeMemory, NULL, openNative, type Ptr } from '@wmisec/com-core';
import { type Blanket, Capabilities, ComStatus, failed, WbemError, WmisecError } from '@wmisec/wbem';
import { shortfalls } from '../blanket/compare-blanket.ts';
import { absoluteDescriptor } from './absolute-descriptor.ts';
import { authenticationList, authenticationServices, type Keep } from './authentication-list.ts';
import type { CallInAccess, ProcessSecurityRequest, TooLatePolicy } from './process-security-request.ts';
import { checkProcessSecurity, type ProcessSecurity } from './process-security-rules.ts';

const COM_CHOOSES = -1;

export interface ProcessSecurityResult extends Disposable {
  /** `tooLate` when COM had its security already: from an earlier call, a host, or the first proxy. */
  readonly status: 'initialized' | 'tooLate';
  /** The defaults of the process as a probe shows them; null when nobody can tell. */
  readonly inForce: Blanket | null;
}

/**
 * Settles this process's COM security, once for its life. COM has to be initialised on this thread. Dispose
 * the result when the last proxy is gone: it holds, and then wipes, the credentials that COM points at.
 * @throws WbemError `E_INVALIDARG` for arguments that do not go together, `CO_E_NOTINITIALIZED`,
 * `RPC_E_NO_GOOD_SECURITY_PACKAGES`; `RPC_E_TOO_LATE` as `failIfTooLate` says.
 * @throws WmisecError `PROCESS_SECURITY_TOO_WEAK`, `PROCESS_SECURITY_UNPROVEN`, `UNSUPPORTED_PLATFORM`.
 * @see docs/rules.md 1
 */
export function initializeProcessSecurity(
  request: ProcessSecurityRequest,
  policy: TooLatePolicy = {},
  native: Native = openNative(),
): ProcessSecurityResult {
  const security = checkProcessSecurity(request);
  const kept = new KeptBlocks();
  const hresult = callCom(native, security, kept);
  if (hresult === ComStatus.RPC_E_TOO_LATE) {
    kept[Symbol.dispose]();
    return { status: 'tooLate', inForce: judgeTooLate(security, policy), [Symbol.dispose]: () => {} };
  }
  if (failed(hresult)) {
    kept[Symbol.dispose]();
    throw new WbemError(hresult, undefined, { operation: 'CoInitializeSecurity' });
  }
  return {
    status: 'initialized',
    inForce: policy.probe?.queryBlanket() ?? null,
    [Symbol.dispose]: () => kept[Symbol.dispose](),
  };
}

function callCom(native: Native, security: ProcessSecurity, kept: KeptBlocks): number {
  const { services, credentials, authnLevel, impLevel, capabilities, access } = security;
  const { memory } = native;
  return native.ole32.CoInitializeSecurity(
    accessPointer(memory, access, kept.keep),
    services?.length ?? COM_CHOOSES,
    services?.length ? authenticationServices(memory, services, kept.keep).ptr : NULL,
    NULL,
    authnLevel,
    impLevel,
    credentials === undefined ? NULL : authenticationList(native, credentials, kept.keep).ptr,
    capabilities | accessCapability(access),
    NULL,
  );
}

function accessPointer(memory: NativeMemory, access: CallInAccess, keep: Keep): Ptr {
  switch (access.kind) {
    case 'dangerouslyEveryone':
      return NULL;
    case 'accessControl':
      return access.accessControl;
    case 'appId':
      return keep(memory.guid(access.appId)).ptr;
    case 'descriptor':
      return keep(absoluteDescriptor(memory, access.descriptor)).ptr;
  }
}

function accessCapability({ kind }: CallInAccess): number {
  if (kind === 'appId') return Capabilities.AppId;
  return kind === 'accessControl' ? Capabilities.AccessControl : Capabilities.None;
}

function judgeTooLate(
  security: ProcessSecurity,
  { failIfTooLate = 'weaker', probe }: TooLatePolicy,
): Blanket | null {
  if (failIfTooLate === 'always')
    throw new WbemError(ComStatus.RPC_E_TOO_LATE, undefined, { operation: 'CoInitializeSecurity' });
  const inForce = probe?.queryBlanket() ?? null;
  if (failIfTooLate === 'never') return inForce;
  if (inForce === null) {
    const message =
      'COM has its security already and no probe shows it, so nothing proves that it is what was asked';
    throw new WmisecError('PROCESS_SECURITY_UNPROVEN', message, { hresult: ComStatus.RPC_E_TOO_LATE });
  }
  const gaps = shortfalls({ authnLevel: security.authnLevel, impLevel: security.impLevel }, inForce);
  if (gaps.length === 0) return inForce;
  const message = `COM has its security already, and it is weaker than asked: ${gaps.join('; ')}`;
  throw new WmisecError('PROCESS_SECURITY_TOO_WEAK', message, { hresult: ComStatus.RPC_E_TOO_LATE });
}

/** Native memory that COM keeps pointing at. Disposal zeroes and frees it, once. */
class KeptBlocks implements Disposable {
  readonly #kept: Disposable[] = [];

  readonly keep: Keep = (memory) => {
    this.#kept.push(memory);
    return memory;
  };

  [Symbol.dispose](): void {
    for (const memory of this.#kept.splice(0)) memory[Symbol.dispose]();
  }
}
