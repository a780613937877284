import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClassId } from '../../src/raw/class-ids.ts';
import { IWbemContext } from '../../src/raw/interfaces/client.ts';
import { IUnknown } from '../../src/raw/interfaces/unknown.ts';
import type { Native } from '../../src/raw/native.ts';
import type { NativeBlock } from '../../src/raw/native-memory.ts';
import { openNative } from '../../src/raw/open-native.ts';
import { NULL, type Ptr } from '../../src/raw/pointer.ts';

const CLSCTX_INPROC_SERVER = 1;
const COINIT_MULTITHREADED = 0;

let native: Native;
let out: NativeBlock;

beforeAll(() => {
  native = openNative();
  native.ole32.CoInitializeEx(NULL, COINIT_MULTITHREADED);
  out = native.memory.alloc(32);
});

afterAll(() => {
  out.free();
  native.ole32.CoUninitialize();
});

function createContext(): Ptr<'IWbemContext'> {
  using clsid = native.memory.guid(ClassId.CLSID_WbemContext);
  using iid = native.memory.guid(IWbemContext.iid);
  const { CoCreateInstance } = native.ole32;
  expect(CoCreateInstance(clsid.ptr, NULL, CLSCTX_INPROC_SERVER, iid.ptr, out.ptr)).toBe(0);
  return out.pointer<'IWbemContext'>();
}

describe('calling COM methods through the interface tables', () => {
  test('a bound object has the methods of its interface and those it inherits', () => {
    const context = native.bind(IWbemContext, createContext());
    expect(context.AddRef()).toBe(2);
    expect(context.Release()).toBe(1);
    expect(context.Release()).toBe(0);
  });

  test('what was stored comes back, text and numbers included', () => {
    const context = native.bind(IWbemContext, createContext());
    const name = native.oleaut32.SysAllocString('Größe');
    using variant = native.memory.alloc(24);
    variant.view.setUint16(0, 3, true);
    variant.view.setInt32(8, -42, true);
    expect(context.SetValue(name, 0, variant.ptr)).toBe(0);
    variant.bytes.fill(0);
    expect(context.GetValue(name, 0, variant.ptr)).toBe(0);
    expect(variant.view.getInt32(8, true)).toBe(-42);
    native.oleaut32.SysFreeString(name);
    context.Release();
  });

  test('a status is unsigned, as it is written', () => {
    const unknown = native.bind(IUnknown, createContext());
    using iid = native.memory.guid('{DEADBEEF-0000-0000-0000-000000000000}');
    expect(unknown.QueryInterface(iid.ptr, out.ptr)).toBe(0x80004002);
    unknown.Release();
  });

  test('the same call on a pool thread settles a promise', async () => {
    const context = native.bindAsync(IWbemContext, createContext());
    expect(await context.AddRef()).toBe(2);
    expect(await context.Release()).toBe(1);
    expect(await context.Release()).toBe(0);
  });

  test('a single method is called with the object first', () => {
    const context = createContext();
    const release = native.method(IWbemContext, 'Release', context);
    expect(release(context)).toBe(0);
  });
});
