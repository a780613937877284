import {
  type CallOptions,
  type CimValue,
  failed,
  ParseError,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { checkNamespaceDescriptor } from './check-namespace-descriptor.ts';

const SINGLETON = '__SystemSecurity=@';

/**
 * The descriptor of the namespace that `services` is connected to, inherited entries included.
 * @throws WbemError `WBEM_E_ACCESS_DENIED` without READ_CONTROL, `WBEM_E_INVALID_OBJECT` for an answer that is none.
 * @see docs/rules.md 9.3, GetSD
 */
export async function getNamespaceDescriptor(
  services: WbemServices,
  options?: CallOptions,
): Promise<SecurityDescriptor> {
  const { returnValue, outParams } = await services.execMethod(SINGLETON, 'GetSD', {}, options);
  throwIfFailed(returnValue, 'GetSD');
  return decoded(bytesOf(outParams['SD']));
}

/**
 * Replaces the namespace's own entries. Those marked as inherited are left out by the service.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a descriptor that breaks a rule, before anything is sent;
 * `WBEM_E_ACCESS_DENIED` without WRITE_DAC.
 * @see docs/rules.md 9.3, SetSD
 */
export async function setNamespaceDescriptor(
  services: WbemServices,
  descriptor: SecurityDescriptor,
  options?: CallOptions,
): Promise<void> {
  checkNamespaceDescriptor(descriptor);
  const SD = Array.from(encodeSecurityDescriptor(descriptor));
  const { returnValue } = await services.execMethod(SINGLETON, 'SetSD', { SD }, options);
  throwIfFailed(returnValue, 'SetSD');
}

/**
 * The rights that the caller has on the namespace, a mask of `NamespaceRight`.
 * @see docs/rules.md 9.3, GetCallerAccessRights
 */
export async function getCallerAccessRights(services: WbemServices, options?: CallOptions): Promise<number> {
  const { returnValue, outParams } = await services.execMethod(
    SINGLETON,
    'GetCallerAccessRights',
    {},
    options,
  );
  throwIfFailed(returnValue, 'GetCallerAccessRights');
  const rights = outParams['rights'];
  if (typeof rights !== 'number') throw badAnswer(`expected the rights as a number, got ${typeof rights}`);
  return rights >>> 0;
}

function throwIfFailed(returnValue: CimValue, operation: string): void {
  if (typeof returnValue === 'number' && failed(returnValue))
    throw new WbemError(returnValue >>> 0, undefined, { operation });
}

function bytesOf(value: CimValue | undefined): Uint8Array {
  if (!Array.isArray(value)) throw badAnswer('expected the descriptor as an array of bytes, got none');
  return Uint8Array.from(value as readonly number[]);
}

function decoded(bytes: Uint8Array): SecurityDescriptor {
  try {
    return decodeSecurityDescriptor(bytes);
  } catch (cause) {
    if (cause instanceof ParseError) throw badAnswer(cause.message, cause);
    throw cause;
  }
}

function badAnswer(message: string, cause?: unknown): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT, `__SystemSecurity: ${message}`, {
    cause,
    operation: 'GetSD',
  });
}
