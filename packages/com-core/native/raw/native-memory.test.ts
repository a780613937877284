import { describe, expect, test } from 'vitest';
import { IWbemServices } from '../../src/raw/interfaces/client.ts';
import { openNative } from '../../src/raw/open-native.ts';
import { COLE_DEFAULT } from '../../src/raw/pointer.ts';

const { memory, oleaut32 } = openNative();

describe('native memory', () => {
  test('a block begins zeroed and reads what native code would', () => {
    using block = memory.alloc(24);
    expect(block.bytes.every((byte) => byte === 0)).toBe(true);
    block.setPointer(8, block.at(16));
    expect(memory.readPointer(block.at(8))).toBe(block.at(16));
    memory.writePointer(block.at(16), COLE_DEFAULT);
    expect(block.view.getBigInt64(16, true)).toBe(-1n);
    expect(memory.read(block.at(16), 4)).toEqual(new Uint8Array([255, 255, 255, 255]));
    expect(memory.read(block.ptr, 0)).toHaveLength(0);
  });

  test('a GUID comes back as it was written', () => {
    using guid = memory.guid(IWbemServices.iid);
    expect(guid.bytes.subarray(0, 4)).toEqual(new Uint8Array([0x99, 0xdc, 0x56, 0x95]));
    expect(memory.readGuid(guid.ptr)).toBe(IWbemServices.iid);
  });

  test('a BSTR keeps its length, and text its zeroes when the length is given', () => {
    const text = 'Größe 😀';
    const bstr = oleaut32.SysAllocString(text);
    expect(oleaut32.SysStringLen(bstr)).toBe(text.length);
    expect(memory.readText(bstr)).toBe(text);
    expect(memory.readText(bstr, 3)).toBe('Grö');
    oleaut32.SysFreeString(bstr);

    const zeroes = oleaut32.SysAllocStringLen('a\0b', 3);
    expect(memory.readText(zeroes, 3)).toBe('a\0b');
    expect(memory.readText(zeroes)).toBe('a');
    oleaut32.SysFreeString(zeroes);
  });

  test('freeing twice is harmless', () => {
    const block = memory.alloc(8);
    block.free();
    block.free();
  });
});
