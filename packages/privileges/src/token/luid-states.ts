import { type TokenHandle, TokenInformationClass, tokenInformation } from '@wmisec/access/native';
import { LUID_AND_ATTRIBUTES, type Native, type NativeBlock, writeStruct } from '@wmisec/com-core';

/** A privilege of a token as the system stores it: `LUID_AND_ATTRIBUTES`. */
export interface LuidState {
  readonly luid: number;
  /** A mask of `PrivilegeAttribute`. */
  readonly attributes: number;
}

const HIGH = 2 ** 32;
const COUNT_SIZE = 4;

/** The privileges that a token holds, in the system's order. @throws WbemError */
export function readLuidStates(native: Native, token: TokenHandle): LuidState[] {
  using block = tokenInformation(native, token.handle, TokenInformationClass.TokenPrivileges);
  return decodeLuidStates(block);
}

/** Reads `TOKEN_PRIVILEGES`: a count, then from offset 4 the states. */
export function decodeLuidStates({ view }: NativeBlock): LuidState[] {
  const room = Math.floor((view.byteLength - COUNT_SIZE) / LUID_AND_ATTRIBUTES.size);
  return Array.from({ length: Math.min(view.getUint32(0, true), room) }, (_, i) => {
    const at = COUNT_SIZE + i * LUID_AND_ATTRIBUTES.size;
    return {
      luid: view.getUint32(at, true) + view.getInt32(at + 4, true) * HIGH,
      attributes: view.getUint32(at + 8, true),
    };
  });
}

/**
 * Writes states from `offset` on, 12 bytes each: what follows the count of `TOKEN_PRIVILEGES` and the head of
 * `PRIVILEGE_SET`.
 */
export function encodeLuidStates({ view }: NativeBlock, offset: number, states: readonly LuidState[]): void {
  for (const [i, { luid, attributes }] of states.entries()) {
    const values = {
      'Luid.LowPart': luid % HIGH,
      'Luid.HighPart': Math.floor(luid / HIGH),
      Attributes: attributes,
    };
    writeStruct(LUID_AND_ATTRIBUTES, view, values, offset + i * LUID_AND_ATTRIBUTES.size);
  }
}
