import { type CimValue, failed, type PropertyBag, WbemStatus } from '@wmisec/wbem';
import { takeBstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import { VarType } from '../raw/constants.ts';
import { IWbemContext } from '../raw/interfaces/client.ts';
import type { NativeBlock } from '../raw/native-memory.ts';
import type { Ptr } from '../raw/pointer.ts';
import { naturalType, readVariant } from '../values/read-variant.ts';
import { readEmbedded } from './read-object.ts';

/** Where out parameters stand in the block: a VARIANT first. */
const At = { value: 0, name: 24, size: 32 } as const;

/**
 * The values that came with a call. A value that cannot be read is left out, and a context that does not enumerate
 * its values is empty: what a client adds for the provider never fails the call.
 */
export function readContext(com: Com, ptr: Ptr<'IWbemContext'>): PropertyBag {
  const context = com.native.bind(IWbemContext, ptr);
  const values: Record<string, CimValue> = {};
  if (failed(context.BeginEnumeration(0))) return values;
  using out = com.native.memory.alloc(At.size);
  for (;;) {
    const hresult = context.Next(0, out.at(At.name), out.at(At.value));
    if (failed(hresult) || hresult === WbemStatus.WBEM_S_NO_MORE_DATA) break;
    const name = takeBstr(com.native, out.pointer(At.name)) ?? '';
    const value = takeValue(com, out);
    if (value !== undefined) values[name] = value;
  }
  context.EndEnumeration();
  return values;
}

function takeValue(com: Com, out: NativeBlock): CimValue | undefined {
  const vt = out.view.getUint16(At.value, true);
  const source = { native: com.native, embedded: (inner: Ptr) => readEmbedded(com, inner, 1) };
  try {
    return readVariant(source, out.view, At.value, naturalType(vt), (vt & VarType.VT_ARRAY) !== 0);
  } catch {
    return undefined;
  } finally {
    com.native.oleaut32.VariantClear(out.at(At.value));
  }
}
