import type { CallOutcome, CallTask } from '../calls/thread-task.ts';
import type { InterfaceTable, MethodArguments } from '../raw/define-interface.ts';
import { slotOf } from '../raw/method-slot.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import type { Com } from './com.ts';

type MethodName<I extends InterfaceTable> = keyof I['methods'] & string;

/**
 * A reference to a COM object that is ours to give back, once. `using` releases it on this thread, which is
 * right for objects of this process; `await using` on a call thread, as for proxies, whose last release
 * reaches the server.
 */
export class ComPointer<I extends InterfaceTable> implements Disposable, AsyncDisposable {
  readonly #com: Com;
  readonly #table: I;
  readonly #forget: () => void;
  #ptr: Ptr<I['name']>;

  constructor(com: Com, table: I, ptr: Ptr<I['name']>, forget: () => void) {
    this.#com = com;
    this.#table = table;
    this.#ptr = ptr;
    this.#forget = forget;
  }

  /** NULL after release. */
  get ptr(): Ptr<I['name']> {
    return this.#ptr;
  }

  /** Calls a method on this thread and returns its HRESULT. Only for objects of this process. */
  call<K extends MethodName<I>>(name: K, ...args: MethodArguments<I, K>): number {
    return this.#com.native.method(this.#table, name, this.#ptr)(this.#ptr, ...args);
  }

  /** Calls a method on a call thread. What the arguments point to must live until the promise settles. */
  send<K extends MethodName<I>>(name: K, ...args: MethodArguments<I, K>): Promise<CallOutcome> {
    return this.#com.threads.run({
      kind: 'call',
      ...this.address(name),
      args: [this.#ptr, ...(args as number[])],
    });
  }

  /** Where a method's code is, and the widths of its arguments. */
  address(name: MethodName<I>): Pick<CallTask, 'address' | 'widths'> {
    const { offset, widths } = slotOf(this.#table, name);
    const { memory } = this.#com.native;
    return { address: memory.readPointer((memory.readPointer(this.#ptr as Ptr) + offset) as Ptr), widths };
  }

  [Symbol.dispose](): void {
    if (this.#ptr === NULL) return;
    this.call('Release' as MethodName<I>, ...([] as never));
    this.#drop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ptr === NULL) return;
    const released = this.send('Release' as MethodName<I>, ...([] as never));
    this.#drop();
    await released;
  }

  #drop(): void {
    this.#ptr = NULL;
    this.#forget();
  }
}
