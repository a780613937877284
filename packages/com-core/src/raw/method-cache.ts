import type { KoffiFunction, KoffiType } from '../platform/koffi-types.ts';
import { parseDeclaration } from './c-declaration.ts';
import type { InterfaceTable } from './define-interface.ts';
import type { Native } from './native.ts';
import type { Ptr } from './pointer.ts';

interface Plan {
  /** Where the method's address stands in the vtable, in bytes. */
  readonly offset: number;
  readonly prototype: KoffiType;
  /** By function address: a vtable may be freed and its place taken by another, code keeps its address. */
  readonly callables: Map<number, KoffiFunction>;
}

interface BoundObject {
  readonly ptr: Ptr;
  readonly calls: KoffiFunction[];
}

type Call = (callable: KoffiFunction, self: Ptr, args: unknown[]) => unknown;

type BoundClass = new (ptr: Ptr) => object;

/** Makes callables out of vtable slots, once per function address and signature. */
export class MethodCache {
  readonly #native: Native;
  readonly #plans = new Map<InterfaceTable, Map<string, Plan>>();
  readonly #signatures = new Map<string, Pick<Plan, 'prototype' | 'callables'>>();
  readonly #sync = new Map<InterfaceTable, BoundClass>();
  readonly #async = new Map<InterfaceTable, BoundClass>();

  constructor(native: Native) {
    this.#native = native;
  }

  /** The callable behind one slot of one object. */
  find(table: InterfaceTable, name: string, self: Ptr): KoffiFunction {
    const { memory, koffi } = this.#native;
    const plan = this.#plan(table, name);
    const address = memory.readPointer((memory.readPointer(self) + plan.offset) as Ptr);
    const known = plan.callables.get(address);
    if (known !== undefined) return known;
    const callable = koffi.decode(address, plan.prototype) as KoffiFunction;
    plan.callables.set(address, callable);
    return callable;
  }

  bind(table: InterfaceTable, self: Ptr): object {
    return new (getOrMake(this.#sync, table, () => this.#classOf(table, callSync)))(self);
  }

  bindAsync(table: InterfaceTable, self: Ptr): object {
    return new (getOrMake(this.#async, table, () => this.#classOf(table, callAsync)))(self);
  }

  #classOf(table: InterfaceTable, call: Call): BoundClass {
    class BoundInterface implements BoundObject {
      readonly ptr: Ptr;
      declare readonly calls: KoffiFunction[];
      constructor(ptr: Ptr) {
        this.ptr = ptr;
        Object.defineProperty(this, 'calls', { value: [], enumerable: false });
      }
    }
    for (const [slot, name] of Object.keys(table.methods).entries()) {
      const find = (self: Ptr) => this.find(table, name, self);
      Object.defineProperty(BoundInterface.prototype, name, {
        value(this: BoundObject, ...args: unknown[]): unknown {
          this.calls[slot] ??= find(this.ptr);
          return call(this.calls[slot], this.ptr, args);
        },
      });
    }
    return BoundInterface;
  }

  #plan(table: InterfaceTable, name: string): Plan {
    const plans = getOrMake(this.#plans, table, () => new Map<string, Plan>());
    return getOrMake(plans, name, () => this.#makePlan(table, name));
  }

  #makePlan(table: InterfaceTable, name: string): Plan {
    const args = table.methods[name];
    if (args === undefined) throw new TypeError(`${table.name} has no method ${name}`);
    const signature = args.map((arg) => parseDeclaration(arg).width).join();
    const shared = getOrMake(this.#signatures, signature, () => ({
      prototype: this.#native.methodPrototype(args),
      callables: new Map(),
    }));
    return { offset: Object.keys(table.methods).indexOf(name) * 8, ...shared };
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function callSync(callable: KoffiFunction, self: Ptr, args: unknown[]): unknown {
  return callable(self, ...args);
}

function callAsync(callable: KoffiFunction, self: Ptr, args: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    callable.async(self, ...args, (error: unknown, result: number) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
