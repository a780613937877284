import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IWbemClassObject } from '../raw/interfaces/client.ts';
import type { NativeBlock } from '../raw/native-memory.ts';
import type { Ptr } from '../raw/pointer.ts';
import { LocalScope } from '../services/scope.ts';

type ClassObject = ComPointer<typeof IWbemClassObject>;

/** Objects one behind the other, as sinks take them. Disposal releases them; a receiver adds its own references. */
export class ObjectArray implements Disposable {
  readonly length: number;
  readonly #block: NativeBlock;
  readonly #scope: LocalScope;

  private constructor(com: Com, scope: LocalScope, objects: readonly ClassObject[]) {
    this.length = objects.length;
    this.#scope = scope;
    this.#block = scope.hold(com.native.memory.alloc(Math.max(1, objects.length) * 8));
    for (const [i, { ptr }] of objects.entries()) this.#block.setPointer(8 * i, ptr);
  }

  /** @param make makes the objects into a scope, which the array then owns. */
  static of(com: Com, make: (scope: LocalScope) => readonly ClassObject[]): ObjectArray {
    const scope = new LocalScope();
    try {
      return new ObjectArray(com, scope, make(scope));
    } catch (error) {
      scope[Symbol.dispose]();
      throw error;
    }
  }

  get ptr(): Ptr<'IWbemClassObject*'> {
    return this.#block.ptr as Ptr<'IWbemClassObject*'>;
  }

  /** The first object; NULL when there is none. */
  get first(): Ptr<'IWbemClassObject'> {
    return this.#block.pointer<'IWbemClassObject'>();
  }

  [Symbol.dispose](): void {
    this.#scope[Symbol.dispose]();
  }
}
