import { ComStatus, type ObjectSink, WbemStatus } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import type { ComHost } from '../raw/com-host.ts';
import type { ComObject } from '../raw/com-object.ts';
import { IWbemObjectSink } from '../raw/interfaces/client.ts';
import { IUnknown } from '../raw/interfaces/unknown.ts';
import { ListeningSink } from './listening-sink.ts';
import { serveSink } from './serve-sink.ts';

type Reference = ComPointer<typeof IWbemObjectSink>;

/** A sink of this process as native code sees it. It hears nothing while no call is under way. */
export class HostedSink {
  readonly sink: ListeningSink;
  readonly #com: Com;
  readonly #object: ComObject;

  /** It begins with one reference, `first`. */
  constructor(com: Com, host: ComHost, sink: ObjectSink) {
    this.sink = new ListeningSink(sink);
    this.#com = com;
    const admit = () => (this.sink.listening ? ComStatus.S_OK : WbemStatus.WBEM_E_CALL_CANCELLED);
    this.#object = host.create(serveSink(com, this.sink, admit));
  }

  /** False once nobody holds it any more. */
  get alive(): boolean {
    return this.#object.references > 0;
  }

  /** The reference that it began with. */
  first(): Reference {
    return this.#com.own(IWbemObjectSink, this.#object.pointer(IWbemObjectSink))!;
  }

  /** A further reference. */
  another(): Reference {
    const ptr = this.#object.pointer(IWbemObjectSink);
    this.#com.native.method(IUnknown, 'AddRef', ptr)(ptr);
    return this.#com.own(IWbemObjectSink, ptr)!;
  }
}
