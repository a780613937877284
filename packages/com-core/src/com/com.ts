import { promisify } from 'node:util';
import { failed, type Guid, WbemError } from '@wmisec/wbem';
import { SinkHost } from '../async/sink-host.ts';
import { CallThreads } from '../calls/call-threads.ts';
import type { CallOutcome } from '../calls/thread-task.ts';
import { WornTokens } from '../calls/worn-token.ts';
import { extendedStatusOf } from '../errors/extended-status.ts';
import { ClsCtx } from '../raw/constants.ts';
import type { InterfaceTable } from '../raw/define-interface.ts';
import { IUnknown } from '../raw/interfaces/unknown.ts';
import type { Native } from '../raw/native.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { RowRooms } from '../rows/row-rooms.ts';
import { Apartment } from './apartment.ts';
import { Bstr } from './bstr.ts';
import { ComPointer } from './com-pointer.ts';

/**
 * COM in use: the apartment, the call threads, and the references that are held. It closes when the last
 * user lets go of it.
 */
export class Com {
  readonly native: Native;
  readonly tokens = new WornTokens();
  readonly threads = new CallThreads(this.tokens);
  /** Memory for rows on their way. */
  readonly rooms: RowRooms;
  readonly #apartment: Apartment;
  readonly #held = new Set<ComPointer<InterfaceTable>>();
  #sinks: SinkHost | undefined;
  #users = 0;

  constructor(native: Native) {
    this.native = native;
    this.rooms = new RowRooms(native);
    this.#apartment = new Apartment(native);
  }

  /** References that have not been released. */
  get heldPointers(): number {
    return this.#held.size;
  }

  /** The sinks of this process. */
  get sinks(): SinkHost {
    this.#sinks ??= new SinkHost(this);
    return this.#sinks;
  }

  get closed(): boolean {
    return this.#users < 0;
  }

  /** Counts a user in. */
  use(): void {
    this.#users++;
  }

  /** Counts a user out; the last one closes the apartment and ends the threads. */
  async leave(): Promise<void> {
    if (--this.#users > 0) return;
    this.#users = -1;
    this.#sinks?.[Symbol.dispose]();
    await this.threads[Symbol.asyncDispose]();
    this.rooms[Symbol.dispose]();
    this.#apartment[Symbol.dispose]();
  }

  /** Takes over a reference; null for a null pointer. */
  own<I extends InterfaceTable>(table: I, ptr: Ptr<I['name']>): ComPointer<I> | null {
    if (ptr === NULL) return null;
    const owned = new ComPointer(this, table, ptr, () => this.#held.delete(owned as never));
    this.#held.add(owned as never);
    return owned;
  }

  /**
   * An object of a class that a library of this process serves.
   * @throws WbemError `REGDB_E_CLASSNOTREG` and whatever else COM answers.
   */
  create<I extends InterfaceTable>(clsid: Guid, table: I): ComPointer<I> {
    const { memory, ole32 } = this.native;
    using id = memory.guid(clsid);
    using iid = memory.guid(table.iid);
    using out = memory.alloc(8);
    const hresult = ole32.CoCreateInstance(id.ptr, NULL, ClsCtx.CLSCTX_INPROC_SERVER, iid.ptr, out.ptr);
    this.checkHere(hresult, 'CoCreateInstance');
    return this.own(table, out.pointer<I['name']>())!;
  }

  /** The same for a class that another program serves, which may have to start first. */
  async createElsewhere<I extends InterfaceTable>(clsid: Guid, table: I): Promise<ComPointer<I>> {
    const { memory, ole32 } = this.native;
    using id = memory.guid(clsid);
    using iid = memory.guid(table.iid);
    using out = memory.alloc(8);
    const create = promisify(ole32.CoCreateInstance.async);
    const hresult = await create(id.ptr, NULL, ClsCtx.CLSCTX_LOCAL_SERVER, iid.ptr, out.ptr);
    this.checkHere(hresult, 'CoCreateInstance');
    return this.own(table, out.pointer<I['name']>())!;
  }

  /** Another interface of an object; null when it has none. Its reference is new. */
  cast<I extends InterfaceTable>(ptr: Ptr, table: I): ComPointer<I> | null {
    const { memory } = this.native;
    using iid = memory.guid(table.iid);
    using out = memory.alloc(8);
    const hresult = this.native.method(IUnknown, 'QueryInterface', ptr)(ptr, iid.ptr, out.ptr);
    return failed(hresult) ? null : this.own(table, out.pointer<I['name']>());
  }

  bstr(text: string | null): Bstr {
    return new Bstr(this.native, text);
  }

  /**
   * The status of a call that was made elsewhere.
   * @throws WbemError for a failure, with the `__ExtendedStatus` that the callee left.
   */
  check({ hresult, errorInfo }: Pick<CallOutcome, 'hresult' | 'errorInfo'>, operation: string): number {
    if (!failed(hresult)) return hresult;
    throw new WbemError(hresult, undefined, {
      operation,
      extendedStatus: extendedStatusOf(this, errorInfo),
    });
  }

  /**
   * The status of a call on an object of this process.
   * @throws WbemError for a failure.
   */
  checkHere(hresult: number, operation: string): number {
    return this.check({ hresult, errorInfo: NULL }, operation);
  }
}
