import { describe, expect, test } from 'vitest';
import { offsetOf, readStruct, writeStruct } from './define-struct.ts';
import { COAUTHIDENTITY, SECURITY_DESCRIPTOR, TOKEN_PRIVILEGES } from './structs.ts';

describe('writeStruct and readStruct', () => {
  test('10.4: COAUTHIDENTITY has its flags at byte 44', () => {
    const view = new DataView(new ArrayBuffer(48));
    writeStruct(COAUTHIDENTITY, view, { Flags: 2, UserLength: 5 });
    expect(view.getUint32(44, true)).toBe(2);
    expect(view.getUint32(8, true)).toBe(5);
  });

  test('an address of 47 bits and the sentinel -1 survive', () => {
    const view = new DataView(new ArrayBuffer(40));
    writeStruct(SECURITY_DESCRIPTOR, view, { Owner: 0x7fff_ffff_fff8, Dacl: -1 });
    expect(readStruct(SECURITY_DESCRIPTOR, view)).toMatchObject({
      Owner: 0x7fff_ffff_fff8,
      Dacl: -1,
      Sacl: 0,
    });
    expect(view.getBigUint64(32, true)).toBe(0xffff_ffff_ffff_ffffn);
  });

  test('fields that are not given, and padding, become zero', () => {
    const view = new DataView(new Uint8Array(48).fill(0xff).buffer);
    writeStruct(COAUTHIDENTITY, view, {});
    expect(new Uint8Array(view.buffer).every((byte) => byte === 0)).toBe(true);
  });

  test('a view that is too short is refused', () => {
    const view = new DataView(new ArrayBuffer(47));
    expect(() => writeStruct(COAUTHIDENTITY, view, {})).toThrow(RangeError);
    expect(() => readStruct(COAUTHIDENTITY, view)).toThrow(RangeError);
    expect(() => readStruct(COAUTHIDENTITY, new DataView(new ArrayBuffer(64)), 17)).toThrow(RangeError);
  });

  test('a place is not read, only found', () => {
    const view = new DataView(new ArrayBuffer(16));
    expect(Object.keys(readStruct(TOKEN_PRIVILEGES, view))).toEqual(['PrivilegeCount']);
    expect(offsetOf(TOKEN_PRIVILEGES, 'Privileges')).toBe(4);
  });
});
