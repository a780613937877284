import { promisify } from 'node:util';
import {
  type CimObject,
  failed,
  type ObjectSink,
  type SinkStatus,
  type SinkStub,
  WbemError,
} from '@wmisec/wbem';
import { Com } from '../com/com.ts';
import { IWbemObjectSink } from '../raw/interfaces/client.ts';
import type { Native } from '../raw/native.ts';
import type { Ptr } from '../raw/pointer.ts';
import { ListeningSink } from './listening-sink.ts';
import { NativeSinkStub } from './native-sink-stub.ts';

/**
 * A sink whose COM object lives in an apartment on another thread, which checks who calls it. What comes through the
 * check is told here; while no call is under way, nothing is.
 */
export class SinkElsewhere implements ObjectSink {
  readonly #sink: ObjectSink;
  readonly #listener: ListeningSink;

  constructor(sink: ObjectSink) {
    this.#sink = sink;
    this.#listener = new ListeningSink(sink);
  }

  indicate(objects: readonly CimObject[]): void {
    this.#listener.indicate(objects);
  }

  setStatus(status: SinkStatus): void {
    this.#listener.setStatus(status);
  }

  /** Tells the end of the calls under way, since the apartment cannot any more. */
  end(status: number): void {
    this.#listener.end(status);
  }

  /**
   * What calls of the native transport are given for it.
   * @param stream that the object's `IWbemObjectSink` was marshalled into; taken over.
   * @param behind disposed after the stub.
   * @throws WbemError when COM has no proxy for the interface, and whatever else it answers.
   */
  async stub(native: Native, stream: Ptr<'IStream'>, behind: AsyncDisposable): Promise<SinkStub> {
    const com = new Com(native);
    com.use();
    try {
      const pointer = await unmarshal(com, stream);
      return new NativeSinkStub({
        com,
        pointer,
        stubOf: this.#sink,
        check: 'check',
        listener: this.#listener,
        behind,
      });
    } finally {
      await com.leave();
    }
  }
}

async function unmarshal(com: Com, stream: Ptr<'IStream'>) {
  const { memory, ole32 } = com.native;
  using iid = memory.guid(IWbemObjectSink.iid);
  using out = memory.alloc(8);
  const take = promisify(ole32.CoGetInterfaceAndReleaseStream.async);
  const hresult = await take(stream as Ptr, iid.ptr, out.ptr);
  if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'unmarshal' });
  return com.own(IWbemObjectSink, out.pointer<'IWbemObjectSink'>())!;
}
