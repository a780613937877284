import type { InterfaceTable } from './define-interface.ts';
import type { Native } from './native.ts';
import type { NativeBlock } from './native-memory.ts';
import type { Ptr } from './pointer.ts';

/** A method as native code calls it: the object's address, then the arguments. */
export type Callback = (self: Ptr, ...args: number[]) => number;

/** One vtable of registered callbacks per interface, made on first use and shared by every object. */
export class VtableSet {
  readonly #native: Native;
  readonly #callback: (method: string) => Callback;
  readonly #vtables = new Map<InterfaceTable, NativeBlock>();
  readonly #registered: bigint[] = [];

  constructor(native: Native, callback: (method: string) => Callback) {
    this.#native = native;
    this.#callback = callback;
  }

  /** The address of an interface's vtable. */
  of(table: InterfaceTable): Ptr {
    const known = this.#vtables.get(table);
    if (known !== undefined) return known.ptr;
    const methods = Object.entries(table.methods);
    const vtable = this.#native.memory.alloc(8 * methods.length);
    for (const [slot, [name, args]] of methods.entries()) vtable.setPointer(8 * slot, this.#add(name, args));
    this.#vtables.set(table, vtable);
    return vtable.ptr;
  }

  /** Takes every callback back: no object that uses them may be left. */
  dispose(): void {
    for (const callback of this.#registered.splice(0)) this.#native.koffi.unregister(callback);
    for (const vtable of this.#vtables.values()) vtable.free();
    this.#vtables.clear();
  }

  #add(name: string, args: readonly string[]): Ptr {
    const { koffi } = this.#native;
    const callback = koffi.register(this.#callback(name), koffi.pointer(this.#native.methodPrototype(args)));
    this.#registered.push(callback);
    return Number(callback) as Ptr;
  }
}
