import {
  SOLE_AUTHENTICATION_INFO as Info,
  SOLE_AUTHENTICATION_LIST as List,
  type NativeBlock,
  type NativeMemory,
  SOLE_AUTHENTICATION_SERVICE as Service,
  writeStruct,
} from '@wmisec/com-core';
import { AuthzService } from '@wmisec/wbem';
import { encodeAuthIdentity } from '../identity/encode-auth-identity.ts';
import type { ServerAuthnService, ServiceCredential } from './process-security-request.ts';

/**
 * `SOLE_AUTHENTICATION_LIST`: credentials, one entry a service. Every block that it consists of goes to `keep`.
 * @see docs/rules.md 1.4
 */
export function authenticationList(
  memory: NativeMemory,
  credentials: readonly ServiceCredential[],
  keep: (block: NativeBlock) => NativeBlock,
): NativeBlock {
  const block = keep(memory.alloc(List.size + credentials.length * Info.size));
  writeStruct(List, block.view, { cAuthInfo: credentials.length, aAuthInfo: block.at(List.size) });
  credentials.forEach(({ authnService, authzService = AuthzService.None, identity }, i) => {
    const { ptr } = keep(encodeAuthIdentity(memory, identity));
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
  keep: (block: NativeBlock) => NativeBlock,
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
