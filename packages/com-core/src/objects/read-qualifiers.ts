import { type CimQualifier, failed, type QualifierFlavor, WbemStatus } from '@wmisec/wbem';
import { takeBstr } from '../com/bstr.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { VarType } from '../raw/constants.ts';
import type { IWbemQualifierSet } from '../raw/interfaces/client.ts';
import { naturalType, readVariant, type ValueSource } from '../values/read-variant.ts';

/** `WBEM_FLAVOR_TYPE`, bit by bit. */
const Flavor = {
  ToInstance: 0x1,
  ToSubclass: 0x2,
  NotOverridable: 0x10,
  OriginPropagated: 0x20,
  OriginSystem: 0x40,
  Amended: 0x80,
} as const;

/** The qualifiers of a set that stand there themselves, inherited and propagated ones included. */
export function readQualifiers(
  source: ValueSource,
  set: ComPointer<typeof IWbemQualifierSet>,
): CimQualifier[] {
  if (failed(set.call('BeginEnumeration', 0))) return [];
  using out = source.native.memory.alloc(40);
  const found: CimQualifier[] = [];
  for (;;) {
    const hresult = set.call('Next', 0, out.at(24), out.ptr, out.at(32));
    if (failed(hresult) || hresult === WbemStatus.WBEM_S_NO_MORE_DATA) break;
    const name = takeBstr(source.native, out.pointer(24)) ?? '';
    const vt = out.view.getUint16(0, true);
    const type = naturalType(vt);
    const isArray = (vt & VarType.VT_ARRAY) !== 0;
    const value = readVariant(source, out.view, 0, type, isArray);
    source.native.oleaut32.VariantClear(out.ptr);
    found.push({ name, type, isArray, value, flavor: flavorOf(out.view.getInt32(32, true)) });
  }
  set.call('EndEnumeration');
  return found;
}

function flavorOf(bits: number): QualifierFlavor {
  return {
    toInstance: (bits & Flavor.ToInstance) !== 0,
    toSubclass: (bits & Flavor.ToSubclass) !== 0,
    overridable: (bits & Flavor.NotOverridable) === 0,
    amended: (bits & Flavor.Amended) !== 0,
  };
}

export function flavorBits({ toInstance, toSubclass, overridable, amended }: QualifierFlavor): number {
  return (
    (toInstance ? Flavor.ToInstance : 0) |
    (toSubclass ? Flavor.ToSubclass : 0) |
    (overridable ? 0 : Flavor.NotOverridable) |
    (amended ? Flavor.Amended : 0)
  );
}
