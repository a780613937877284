import type { PrivilegeName } from '@wmisec/access';
import type { TokenHandle } from '@wmisec/access/native';
import { LUID_AND_ATTRIBUTES, type Native, PrivilegeAttribute } from '@wmisec/com-core';
import { hresultFromWin32, WbemError, Win32Error, WmisecError } from '@wmisec/wbem';
import { lookupLuid } from './lookup-luid.ts';
import { decodeLuidStates, encodeLuidStates, type LuidState, readLuidStates } from './luid-states.ts';
import { PrivilegesMissingError } from './privileges-missing-error.ts';

const COUNT_SIZE = 4;

/** What a change of a token's privileges did. */
interface Adjustment {
  /** The states before, of those privileges that changed. */
  readonly previous: readonly LuidState[];
  readonly allAssigned: boolean;
}

/**
 * Enables privileges on a token, all or none, and reads them back.
 * @returns the states before, for `restorePrivileges`.
 * @throws PrivilegesMissingError when the token lacks some; nothing is enabled then.
 * @throws WmisecError `PRIVILEGE_NOT_ENABLED` when the system reports success and they are not on.
 * @throws WbemError with the Win32 error as HRESULT.
 * @see docs/rules.md 7.3
 */
export function enableOnToken(
  native: Native,
  token: TokenHandle,
  names: readonly PrivilegeName[],
): readonly LuidState[] {
  const luids = new Map(names.map((name) => [name, lookupLuid(native, name)]));
  const unknown = names.filter((name) => luids.get(name) === null);
  if (unknown.length > 0) throw new PrivilegesMissingError(unknown);

  const asked = Array.from(luids.values(), (luid) => ({
    luid: luid!,
    attributes: PrivilegeAttribute.SE_PRIVILEGE_ENABLED,
  }));
  const { previous, allAssigned } = adjust(native, token, asked);
  try {
    const off = notEnabled(native, token, luids);
    if (!allAssigned) throw new PrivilegesMissingError(off);
    if (off.length > 0)
      throw new WmisecError('PRIVILEGE_NOT_ENABLED', `the system did not enable ${off.join(', ')}`);
  } catch (error) {
    restorePrivileges(native, token, previous);
    throw error;
  }
  return previous;
}

/** Puts back what `enableOnToken` changed, and proves it. @throws WmisecError `REVERT_FAILED`; WbemError */
export function restorePrivileges(native: Native, token: TokenHandle, previous: readonly LuidState[]): void {
  if (previous.length === 0) return;
  adjust(native, token, previous);
  const now = new Map(readLuidStates(native, token).map(({ luid, attributes }) => [luid, attributes]));
  if (previous.every(({ luid, attributes }) => now.get(luid) === attributes)) return;
  throw new WmisecError('REVERT_FAILED', 'the privileges of a token could not be put back as they were');
}

function notEnabled(
  native: Native,
  token: TokenHandle,
  luids: ReadonlyMap<PrivilegeName, number | null>,
): PrivilegeName[] {
  const enabled = new Set(
    readLuidStates(native, token)
      .filter(({ attributes }) => (attributes & PrivilegeAttribute.SE_PRIVILEGE_ENABLED) !== 0)
      .map(({ luid }) => luid),
  );
  return [...luids].filter(([, luid]) => !enabled.has(luid!)).map(([name]) => name);
}

/** A change without room for the states before would do nothing, so the room is that of the change. */
function adjust(native: Native, token: TokenHandle, states: readonly LuidState[]): Adjustment {
  const { advapi32, memory } = native;
  const size = COUNT_SIZE + Math.max(1, states.length) * LUID_AND_ATTRIBUTES.size;
  using change = memory.alloc(size);
  change.view.setUint32(0, states.length, true);
  encodeLuidStates(change, COUNT_SIZE, states);
  using before = memory.alloc(size);
  using length = memory.alloc(4);
  const { result, lastError } = native.withLastError(() =>
    advapi32.AdjustTokenPrivileges(token.handle, 0, change.ptr, size, before.ptr, length.ptr),
  );
  if (result === 0)
    throw new WbemError(hresultFromWin32(lastError), undefined, { operation: 'AdjustTokenPrivileges' });
  const allAssigned = lastError !== Win32Error.ERROR_NOT_ALL_ASSIGNED;
  return { previous: decodeLuidStates(before), allAssigned };
}
