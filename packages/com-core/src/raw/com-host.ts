import { ComStatus, failed, type Guid, WmisecError } from '@wmisec/wbem';
import type { ComObject, ServedInterface } from './com-object.ts';
import { type InterfaceTable, lineage } from './define-interface.ts';
import { IUnknown } from './interfaces/unknown.ts';
import type { Native } from './native.ts';
import type { NativeBlock } from './native-memory.ts';
import { NULL, type Ptr } from './pointer.ts';
import { type Callback, VtableSet } from './vtable-set.ts';

export interface ComHostOptions {
  /** Hears what handlers throw, since native callers only see an HRESULT. By default a process warning. */
  readonly onError?: (error: unknown) => void;
}

interface HostedObject {
  readonly served: readonly ServedInterface[];
  /** One vtable pointer per served interface, 8 bytes apart: the objects that native code sees. */
  readonly block: NativeBlock;
  references: number;
}

interface Face {
  readonly object: HostedObject;
  readonly handlers: ServedInterface['handlers'];
}

/**
 * Serves COM objects written in JavaScript. All objects of an interface share one vtable, because the
 * process has 8192 callbacks at most. While an object lives the process stays alive. Calls from other
 * threads arrive on this one, so a synchronous native call that waits for such a caller deadlocks: make it
 * with `bindAsync`.
 */
export class ComHost {
  readonly #native: Native;
  readonly #onError: (error: unknown) => void;
  readonly #vtables: VtableSet;
  readonly #faces = new Map<Ptr, Face>();
  readonly #objects = new Set<HostedObject>();
  #keepAlive: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(native: Native, options: ComHostOptions = {}) {
    this.#native = native;
    this.#onError = options.onError ?? warn;
    this.#vtables = new VtableSet(native, (name) => this.#callback(name));
  }

  /** How many objects are still referenced. */
  get live(): number {
    return this.#objects.size;
  }

  /**
   * Makes an object that answers QueryInterface for `IUnknown`, the served interfaces and their bases.
   * @throws WmisecError `DISPOSED` after `dispose`
   */
  create(...served: readonly [ServedInterface, ...ServedInterface[]]): ComObject {
    if (this.#closed) throw new WmisecError('DISPOSED', 'this COM host has been disposed');
    const vtables = served.map(({ table }) => this.#vtables.of(table));
    const block = this.#native.memory.alloc(8 * served.length);
    const object: HostedObject = { served, block, references: 1 };
    for (const [index, { handlers }] of served.entries()) {
      block.setPointer(8 * index, vtables[index]);
      this.#faces.set(block.at(8 * index), { object, handlers });
    }
    this.#objects.add(object);
    this.#keepAlive ??= setInterval(() => {}, 2 ** 30);
    return this.#handle(object);
  }

  /**
   * Disconnects every object: native callers get RPC_E_DISCONNECTED from now on, and the process may end.
   * The vtables go when the last native reference does. Does nothing the second time.
   */
  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#letGo();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #handle(object: HostedObject): ComObject {
    let held = true;
    const release = () => {
      if (held) this.#release(object);
      held = false;
    };
    return {
      ptr: object.block.ptr,
      get references() {
        return object.references;
      },
      pointer: (table) => {
        const found = facePointer(object, table.iid);
        if (found === NULL) throw new TypeError(`the object does not serve ${table.name}`);
        return found;
      },
      release,
      [Symbol.dispose]: release,
    };
  }

  /** The function behind one vtable slot; it never throws. */
  #callback(name: string): Callback {
    const act = this.#action(name);
    return (self, ...args) => {
      try {
        const face = this.#faces.get(self);
        return face === undefined ? ComStatus.RPC_E_DISCONNECTED : act(face, args);
      } catch (error) {
        return this.#report(error);
      }
    };
  }

  #action(name: string): (face: Face, args: number[]) => number {
    if (name === 'QueryInterface') return ({ object }, [iid, out]) => this.#query(object, iid!, out!);
    if (name === 'AddRef') return ({ object }) => ++object.references;
    if (name === 'Release') return ({ object }) => this.#release(object);
    return (face, args) => this.#call(face, name, args);
  }

  #query(object: HostedObject, iid: number, out: number): number {
    const { memory } = this.#native;
    if (out === 0) return ComStatus.E_POINTER;
    const found = iid === 0 ? NULL : facePointer(object, memory.readGuid(iid as Ptr<'GUID'>));
    memory.writePointer(out as Ptr, found);
    if (found === NULL) return ComStatus.E_NOINTERFACE;
    object.references++;
    return ComStatus.S_OK;
  }

  #call(face: Face, name: string, args: number[]): number {
    if (this.#closed) return ComStatus.RPC_E_DISCONNECTED;
    const handler = face.handlers[name] as ((...args: number[]) => unknown) | undefined;
    if (handler === undefined) return ComStatus.E_NOTIMPL;
    const result = handler(...args) ?? ComStatus.S_OK;
    if (typeof result === 'number') return result >>> 0;
    throw new TypeError(`the handler of ${name} must return an HRESULT or nothing, and no promise`);
  }

  #release(object: HostedObject): number {
    object.references--;
    if (object.references > 0) return object.references;
    for (const index of object.served.keys()) this.#faces.delete(object.block.at(8 * index));
    this.#objects.delete(object);
    object.block.free();
    this.#letGo();
    return 0;
  }

  /** Lets the process end when nothing is served any more, and frees the vtables once nobody can call. */
  #letGo(): void {
    if (this.#closed || this.#objects.size === 0) {
      clearInterval(this.#keepAlive);
      this.#keepAlive = undefined;
    }
    // The last Release may still be running inside the very callback that would be taken away.
    if (this.#closed && this.#objects.size === 0) setImmediate(() => this.#vtables.dispose());
  }

  #report(error: unknown): number {
    try {
      this.#onError(error);
    } catch {
      // A failing listener must not reach native code either.
    }
    const known = error instanceof WmisecError ? error.hresult : undefined;
    return known !== undefined && failed(known) ? known : ComStatus.E_FAIL;
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

function facePointer(object: HostedObject, iid: Guid): Ptr {
  if (iid === IUnknown.iid) return object.block.ptr;
  const index = object.served.findIndex(({ table }) => implementsInterface(table, iid));
  return index < 0 ? NULL : object.block.at(8 * index);
}

function implementsInterface(table: InterfaceTable, iid: Guid): boolean {
  return lineage(table).some((ancestor) => ancestor.iid === iid);
}
