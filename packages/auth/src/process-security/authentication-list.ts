import {
  SOLE_AUTHENTICATION_INFO as Info,
  SOLE_AUTHENTICATION_LIST as List,
  type Native,
  type NativeBlock,
  NativeIdentity,
  type NativeMemory,
  SOLE_AUTHENTICATION_SERVICE as Service,
  writeStruct,
} from '@wmisec/com-core';
import { AuthzService } from '@wmisec/wbem';
import type { ServerAuthnService, ServiceCredential } from './process-security-request.ts';

/** Takes native memory over until the security of the process is given up, and passes it through. */
export type Keep = <T extends Disposable>(memory: T) => T;

/**
 * `SOLE_AUTHENTICATION_LIST`: credentials, one entry a service. Every block that it consists of goes to `keep`.
 * @see docs/rules.md 1.4
 */
export function authenticationList(
  native: Native,
  credentials: readonly ServiceCredential[],
  keep: Keep,
): NativeBlock {
  const block = keep(native.memory.alloc(List.size + credentials.length * Info.size));
  writeStruct(List, block.view, { cAuthInfo: credentials.length, aAuthInfo: block.at(List.size) });
  credentials.forEach(({ authnService, authzService = AuthzService.None, identity }, i) => {
    const { ptr } = keep(new NativeIdentity(native, identity));
    const info = { dwAuthnSvc: authnService, dwAuthzSvc: authzService, pAuthInfo: ptr };
    writeStruct(Info, block.view, info, List.size + i * Info.size);
  });
  return block;
}

/**
 * `SOLE_AUTHENTICATION_SERVICE[]`: what incoming calls may use. Every block that it consists of goes to `keep`.
 * @see docs/rules.md 1.2
 */
export function authenticationServices(
  memory: NativeMemory,
  services: readonly ServerAuthnService[],
  keep: Keep,
): NativeBlock {
  const block = keep(memory.alloc(services.length * Service.size));
  services.forEach(({ authnService, authzService = AuthzService.None, principal }, i) => {
    const pPrincipalName = principal === undefined ? 0 : keep(wideText(memory, principal)).ptr;
    const service = { dwAuthnSvc: authnService, dwAuthzSvc: authzService, pPrincipalName };
    writeStruct(Service, block.view, service, i * Service.size);
  });
  return block;
}

function wideText(memory: NativeMemory, text: string): NativeBlock {
  const block = memory.alloc((text.length + 1) * 2);
  block.bytes.set(Buffer.from(text, 'utf16le'));
  return block;
}
