import {
  CIM_FLAG_ARRAY,
  type CimObject,
  type CimQualifier,
  type CimType,
  type CimValue,
  cimTypeName,
  failed,
  WbemError,
  WbemLimits,
  WbemStatus,
} from '@wmisec/wbem';
import { takeBstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { WbemConditionFlag } from '../raw/constants.ts';
import type { MethodArguments } from '../raw/define-interface.ts';
import { IWbemClassObject, IWbemQualifierSet } from '../raw/interfaces/client.ts';
import type { NativeBlock } from '../raw/native-memory.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { naturalType, readVariant, type ValueSource } from '../values/read-variant.ts';
import { readQualifiers } from './read-qualifiers.ts';

export interface ReadProperty {
  readonly name: string;
  readonly type: CimType;
  readonly isArray: boolean;
  readonly value: CimValue;
}

type ClassObjectMethod = keyof (typeof IWbemClassObject)['methods'];

/** Where out parameters stand in the block: a VARIANT first. */
const At = { value: 0, name: 24, type: 32, flavor: 36, first: 40, second: 48, size: 56 } as const;

/** A borrowed `IWbemClassObject`, read piece by piece. */
export class ObjectView implements Disposable {
  readonly com: Com;
  readonly ptr: Ptr<'IWbemClassObject'>;
  readonly source: ValueSource;
  readonly #out: NativeBlock;

  /**
   * @param embedded reads an object inside this one.
   * @throws WbemError `WBEM_E_QUOTA_VIOLATION` for objects nested deeper than `WbemLimits.MaxObjectNesting`.
   */
  constructor(
    com: Com,
    ptr: Ptr<'IWbemClassObject'>,
    depth: number,
    embedded: (ptr: Ptr, depth: number) => CimObject,
  ) {
    if (depth > WbemLimits.MaxObjectNesting)
      throw new WbemError(
        WbemStatus.WBEM_E_QUOTA_VIOLATION,
        `objects nest at most ${WbemLimits.MaxObjectNesting} deep`,
      );
    this.com = com;
    this.ptr = ptr;
    this.source = { native: com.native, embedded: (inner) => embedded(inner, depth + 1) };
    this.#out = com.native.memory.alloc(At.size);
  }

  /** A property, a system property such as `__CLASS` included; `undefined` when there is none. */
  get(name: string): CimValue | undefined {
    using text = this.com.bstr(name);
    const { ptr } = this.#out;
    const hresult = this.#call('Get', text.ptr, 0, ptr, this.#out.at(At.type), NULL);
    return failed(hresult) ? undefined : this.#takeValue().value;
  }

  /** A system property that holds text; null when it has none. */
  text(name: string): string | null {
    const value = this.get(name);
    return typeof value === 'string' ? value : null;
  }

  /** A system property that holds a list of names. */
  texts(name: string): readonly string[] {
    const value = this.get(name);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  /** The properties that are not WMI's own, in the object's order. */
  *properties(): Generator<ReadProperty> {
    this.#begin('BeginEnumeration', WbemConditionFlag.WBEM_FLAG_NONSYSTEM_ONLY);
    for (;;) {
      const { ptr } = this.#out;
      const hresult = this.#call('Next', 0, this.#out.at(At.name), ptr, this.#out.at(At.type), NULL);
      this.com.checkHere(hresult, 'Next');
      if (hresult === WbemStatus.WBEM_S_NO_MORE_DATA) break;
      yield { name: this.#takeName(), ...this.#takeValue() };
    }
    this.#call('EndEnumeration');
  }

  /** The methods of a class with their signatures, which are the receiver's to release. */
  *methods(): Generator<{ name: string; signatures: (ComPointer<typeof IWbemClassObject> | null)[] }> {
    if (failed(this.#call('BeginMethodEnumeration', 0))) return;
    for (;;) {
      this.#out.setPointer(At.first);
      this.#out.setPointer(At.second);
      const outs = [this.#out.at(At.name), this.#out.at(At.first), this.#out.at(At.second)] as const;
      const hresult = this.#call('NextMethod', 0, ...outs);
      if (failed(hresult) || hresult === WbemStatus.WBEM_S_NO_MORE_DATA) break;
      const signatures = [At.first, At.second].map((at) =>
        this.com.own(IWbemClassObject, this.#out.pointer(at)),
      );
      yield { name: this.#takeName(), signatures };
    }
    this.#call('EndMethodEnumeration');
  }

  /** The class that declares a property or a method; null when the object does not tell. */
  origin(of: 'GetPropertyOrigin' | 'GetMethodOrigin', name: string): string | null {
    using text = this.com.bstr(name);
    if (failed(this.#call(of, text.ptr, this.#out.at(At.name)))) return null;
    return this.#takeName();
  }

  /** The qualifiers of the object itself. */
  qualifiers(): CimQualifier[] {
    return this.#readSet(this.#call('GetQualifierSet', this.#out.at(At.first)));
  }

  /** The qualifiers of a property or a method. */
  qualifiersOf(kind: 'GetPropertyQualifierSet' | 'GetMethodQualifierSet', name: string): CimQualifier[] {
    using text = this.com.bstr(name);
    return this.#readSet(this.#call(kind, text.ptr, this.#out.at(At.first)));
  }

  [Symbol.dispose](): void {
    this.#out.free();
  }

  #readSet(hresult: number): CimQualifier[] {
    if (failed(hresult)) return [];
    using set = this.com.own(IWbemQualifierSet, this.#out.pointer<'IWbemQualifierSet'>(At.first));
    return set === null ? [] : readQualifiers(this.source, set);
  }

  #begin(name: 'BeginEnumeration', flags: number): void {
    this.com.checkHere(this.#call(name, flags), name);
  }

  #takeName(): string {
    return takeBstr(this.com.native, this.#out.pointer(At.name)) ?? '';
  }

  #takeValue(): Omit<ReadProperty, 'name'> {
    const { view, ptr } = this.#out;
    const cimType = view.getInt32(At.type, true);
    const isArray = (cimType & CIM_FLAG_ARRAY) !== 0;
    const bare = cimType & ~CIM_FLAG_ARRAY;
    const type = cimTypeName(bare) === undefined ? naturalType(view.getUint16(0, true)) : (bare as CimType);
    try {
      return { type, isArray, value: readVariant(this.source, view, At.value, type, isArray) };
    } finally {
      this.com.native.oleaut32.VariantClear(ptr);
    }
  }

  #call<K extends ClassObjectMethod>(name: K, ...args: MethodArguments<typeof IWbemClassObject, K>): number {
    return this.com.native.method(IWbemClassObject, name, this.ptr)(this.ptr, ...args);
  }
}
