import {
  type AsyncWbemServices,
  type ObjectSink,
  type SinkCheck,
  type SinkStub,
  type UnsecuredApartment,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { FinalStatus } from './final-status.ts';
import type { ReceivingConnection } from './receiving-connection.ts';

/** Milliseconds to wait for the final status of a call that was cancelled: a service that is gone sends none. */
const FINAL_STATUS_TIME = 5_000;

/**
 * A subscription whose events come through a stub, from the making of its apartment to its release. The stub is all
 * that the service gets; it is what the call is cancelled with, and it is released inside the final status.
 * @see docs/rules.md 3.6
 */
export class StubSubscription implements AsyncDisposable {
  readonly #calls: AsyncWbemServices;
  readonly #apartment: UnsecuredApartment;
  readonly #stub: SinkStub;
  readonly #final: FinalStatus;
  #closing: Promise<void> | null = null;

  private constructor(
    calls: AsyncWbemServices,
    apartment: UnsecuredApartment,
    stub: SinkStub,
    final: FinalStatus,
  ) {
    this.#calls = calls;
    this.#apartment = apartment;
    this.#stub = stub;
    this.#final = final;
  }

  /**
   * @param sink hears nothing after its final status.
   * @throws WbemError `WBEM_E_NOT_SUPPORTED` without asynchronous calls, what making the stub throws, before any call
   *   is begun; what beginning it throws.
   */
  static async open(
    connection: ReceivingConnection,
    wql: string,
    check: SinkCheck,
    sink: ObjectSink,
  ): Promise<StubSubscription> {
    const calls = connection.services.async;
    if (calls === undefined) throw noAsynchronousCalls();
    const final = new FinalStatus(sink);
    const apartment = await connection.unsecuredApartment();
    let stub: SinkStub | null = null;
    try {
      stub = await apartment.createSinkStub(final.sink, check);
      final.releases(stub);
      await calls.execNotificationQueryAsync(wql, stub);
      return new StubSubscription(calls, apartment, stub, final);
    } catch (error) {
      await stub?.[Symbol.asyncDispose]();
      await apartment[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Cancels what has not ended, and releases everything. Idempotent; never rejects. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (!this.#final.arrived) await this.#cancel();
    await quietly(() => this.#final.release());
    await quietly(() => this.#apartment[Symbol.asyncDispose]());
  }

  async #cancel(): Promise<void> {
    try {
      await this.#calls.cancelAsyncCall(this.#stub);
    } catch (error) {
      if (nothingUnderWay(error)) return;
      // The service may be gone: whether a final status comes is for the clock to say.
    }
    await inTime(this.#final.arrival);
  }
}

/** The call has ended, with a final status that the stub did not let through. */
function nothingUnderWay(error: unknown): boolean {
  return error instanceof WbemError && error.hresult === WbemStatus.WBEM_E_NOT_FOUND;
}

async function inTime(arrival: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FINAL_STATUS_TIME);
  });
  await Promise.race([arrival, late]);
  clearTimeout(timer);
}

async function quietly(release: () => PromiseLike<void>): Promise<void> {
  try {
    await release();
  } catch {
    // There is nothing left that could be released.
  }
}

function noAsynchronousCalls(): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_NOT_SUPPORTED,
    'receive: this transport makes no asynchronous calls; use watch()',
    { operation: 'receive' },
  );
}
