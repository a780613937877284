import { readFileSync } from 'node:fs';
import { Win32Error } from '@wmisec/wbem';
import { beforeEach, describe, expect, test } from 'vitest';
import { PrivilegeAttribute, TokenAccess, TokenInformationClass } from '../../src/raw/constants.ts';
import { offsetOf, readStruct, writeStruct } from '../../src/raw/define-struct.ts';
import type { Native } from '../../src/raw/native.ts';
import { openNative } from '../../src/raw/open-native.ts';
import { NULL, type Ptr } from '../../src/raw/pointer.ts';
import { LUID, LUID_AND_ATTRIBUTES, TOKEN_PRIVILEGES } from '../../src/raw/structs.ts';

let native: Native;

beforeEach(() => {
  native = openNative();
});

function lookUp(name: string, luid: Ptr): { result: number; lastError: number } {
  return native.withLastError(() => native.advapi32.LookupPrivilegeValueW(null, name, luid));
}

describe('7.3: GetLastError beside the result', () => {
  test('is the reason of a call that failed', () => {
    using luid = native.memory.alloc(LUID.size);
    expect(lookUp('SeNoSuchPrivilege', luid.ptr)).toEqual({
      result: 0,
      lastError: Win32Error.ERROR_NO_SUCH_PRIVILEGE,
    });
  });

  test('is 0 after a call that succeeded, whatever failed before it', () => {
    using luid = native.memory.alloc(LUID.size);
    native.kernel32.SetLastError(Win32Error.ERROR_ACCESS_DENIED);
    expect(lookUp('SeDebugPrivilege', luid.ptr)).toEqual({ result: 1, lastError: 0 });
  });

  test('survives what Node does on the same thread in between', () => {
    native.kernel32.SetLastError(Win32Error.ERROR_NOT_ALL_ASSIGNED);
    expect(() => readFileSync('Z:\\no\\such\\file')).toThrow();
    Buffer.alloc(50_000_000);
    expect(native.kernel32.GetLastError()).toBe(Win32Error.ERROR_NOT_ALL_ASSIGNED);
  });

  test('tells that AdjustTokenPrivileges returned TRUE and enabled nothing', () => {
    using token = native.memory.alloc(8);
    using state = native.memory.alloc(TOKEN_PRIVILEGES.size);
    const { advapi32, kernel32 } = native;
    const access = TokenAccess.TOKEN_ADJUST_PRIVILEGES | TokenAccess.TOKEN_QUERY;
    expect(advapi32.OpenProcessToken(kernel32.GetCurrentProcess(), access, token.ptr)).toBe(1);

    const at = offsetOf(TOKEN_PRIVILEGES, 'Privileges');
    const missing = firstLuidOutside(heldLuids(token.pointer()));
    const Attributes = PrivilegeAttribute.SE_PRIVILEGE_ENABLED;
    writeStruct(TOKEN_PRIVILEGES, state.view, { PrivilegeCount: 1 });
    writeStruct(LUID_AND_ATTRIBUTES, state.view, { 'Luid.LowPart': missing, Attributes }, at);
    const { result, lastError } = native.withLastError(() =>
      advapi32.AdjustTokenPrivileges(token.pointer(), 0, state.ptr, 0, NULL, NULL),
    );
    kernel32.CloseHandle(token.pointer());
    expect({ result, lastError }).toEqual({ result: 1, lastError: Win32Error.ERROR_NOT_ALL_ASSIGNED });
  });
});

function heldLuids(token: Ptr): number[] {
  using size = native.memory.alloc(4);
  const { GetTokenInformation } = native.advapi32;
  GetTokenInformation(token, TokenInformationClass.TokenPrivileges, NULL, 0, size.ptr);
  using list = native.memory.alloc(size.view.getUint32(0, true));
  const room = list.bytes.length;
  expect(GetTokenInformation(token, TokenInformationClass.TokenPrivileges, list.ptr, room, size.ptr)).toBe(1);
  const count = readStruct(TOKEN_PRIVILEGES, list.view).PrivilegeCount;
  const at = (index: number) => offsetOf(TOKEN_PRIVILEGES, 'Privileges') + index * LUID_AND_ATTRIBUTES.size;
  return Array.from(
    { length: count },
    (_, index) => readStruct(LUID_AND_ATTRIBUTES, list.view, at(index))['Luid.LowPart'],
  );
}

/** The well-known privileges are 2 to 36. */
function firstLuidOutside(held: number[]): number {
  return Array.from({ length: 35 }, (_, index) => index + 2).find((luid) => !held.includes(luid))!;
}
