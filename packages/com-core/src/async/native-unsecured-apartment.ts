import {
  ComStatus,
  type ObjectSink,
  type SinkCheck,
  type SinkStub,
  type UnsecuredApartment,
  WbemError,
} from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { ClassId } from '../raw/class-ids.ts';
import { WbemUnsecappFlag } from '../raw/constants.ts';
import { IWbemObjectSink, IWbemUnsecuredApartment } from '../raw/interfaces/client.ts';
import { NULL } from '../raw/pointer.ts';
import { NativeSinkStub } from './native-sink-stub.ts';

const FLAGS: Readonly<Record<SinkCheck, number>> = {
  default: WbemUnsecappFlag.WBEM_FLAG_UNSECAPP_DEFAULT_CHECK_ACCESS,
  check: WbemUnsecappFlag.WBEM_FLAG_UNSECAPP_CHECK_ACCESS,
  dontCheck: WbemUnsecappFlag.WBEM_FLAG_UNSECAPP_DONT_CHECK_ACCESS,
};

/** Windows' Unsecapp, through `IWbemUnsecuredApartment`. */
export class NativeUnsecuredApartment implements UnsecuredApartment {
  readonly #com: Com;
  readonly #pointer: ComPointer<typeof IWbemUnsecuredApartment>;
  #disposed: Promise<void> | undefined;

  /**
   * @throws WbemError `E_NOINTERFACE` when its stubs cannot check: the older interface, which makes such stubs, is
   * never used instead; `REGDB_E_CLASSNOTREG` and whatever else COM answers.
   * @see docs/rules.md 3.5
   */
  static async open(com: Com): Promise<NativeUnsecuredApartment> {
    const pointer = await com.createElsewhere(ClassId.CLSID_UnsecuredApartment, IWbemUnsecuredApartment);
    return new NativeUnsecuredApartment(com, pointer);
  }

  private constructor(com: Com, pointer: ComPointer<typeof IWbemUnsecuredApartment>) {
    this.#com = com;
    this.#pointer = pointer;
    com.use();
  }

  /** From then on the stub holds the sink, and nothing else does. */
  async createSinkStub(sink: ObjectSink, check: SinkCheck): Promise<SinkStub> {
    const flags = FLAGS[check];
    if (flags === undefined) throw refused(ComStatus.E_INVALIDARG, `expected a sink check, got ${check}`);
    const com = this.#com;
    const { hosted, reference } = com.sinks.lend(sink);
    using _ = reference;
    using out = com.native.memory.alloc(8);
    com.check(
      await this.#pointer.send('CreateSinkStub', reference.ptr, flags, NULL, out.ptr),
      'createSinkStub',
    );
    const pointer = com.own(IWbemObjectSink, out.pointer<'IWbemObjectSink'>());
    if (pointer === null)
      throw refused(ComStatus.E_NOINTERFACE, 'Unsecapp reported success and gave no stub');
    return new NativeSinkStub({ com, pointer, stubOf: sink, check, listener: hosted.sink });
  }

  /** Its stubs stay. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    await this.#pointer[Symbol.asyncDispose]();
    await this.#com.leave();
  }
}

function refused(status: number, message: string): WbemError {
  return new WbemError(status, message, { operation: 'createSinkStub' });
}
