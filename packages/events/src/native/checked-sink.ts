import { IWbemObjectSink, openNative, SinkElsewhere } from '@wmisec/com-core';
import {
  type ApartmentOptions,
  ApartmentThread,
  type CallerPolicy,
  type HostedObject,
} from '@wmisec/privileges';
import { ComStatus, type ObjectSink, type SinkStub, WmisecError } from '@wmisec/wbem';
import type { Told } from './apartment-sink-program.ts';

export interface CheckedSinkOptions {
  /** Who may call, and at which level at least. */
  readonly policy: CallerPolicy;
  /** Hears of calls that were refused. */
  readonly onRefused?: ((method: string, reason: string) => void) | undefined;
  /** Hears what goes wrong while a call is read. By default a process warning. */
  readonly onError?: ((error: WmisecError) => void) | undefined;
  readonly apartment?: ApartmentOptions | undefined;
  /** The module that the apartment's thread loads; default this package's own. */
  readonly program?: URL | undefined;
}

/**
 * Puts a sink into an apartment of its own, on a thread that checks every call before anything of it is read:
 * whoever the policy does not let in gets `E_ACCESSDENIED`, and the sink hears nothing.
 *
 *     const policy = { rule: { kind: 'machine', machine: 'CORP\\SRV01' } } as const;
 *     await using stub = await checkedSink(sink, { policy });
 *     await connection.services.async?.execNotificationQueryAsync(wql, stub);
 *
 * The stub is for calls of the native transport. Its disposal closes the apartment: whoever calls later gets
 * `RPC_E_DISCONNECTED`. When the apartment ends by itself, that is the final status. What the sink throws becomes a process warning.
 * @throws WmisecError `UNSUPPORTED_PLATFORM`, `UNKNOWN_ACCOUNT`, `INVALID_ARGUMENT`, `APARTMENT_FAILED`; WbemError when
 *   COM knows no proxy for sinks.
 * @see docs/rules.md 3.1, 4.2
 */
export async function checkedSink(sink: ObjectSink, options: CheckedSinkOptions): Promise<SinkStub> {
  const apartment = await ApartmentThread.open(options.apartment);
  try {
    return await stubIn(apartment, sink, options);
  } catch (error) {
    await apartment.close();
    throw error;
  }
}

async function stubIn(
  apartment: ApartmentThread,
  sink: ObjectSink,
  { policy, onRefused, onError, program = ownProgram() }: CheckedSinkOptions,
): Promise<SinkStub> {
  const elsewhere = new SinkElsewhere(sink);
  const onData = (told: unknown) => tell(elsewhere, told as Told);
  const hosted = await apartment.host({ module: program, policy, onData, onRefused, onError });
  const stream = await hosted.marshal(IWbemObjectSink);
  void apartment.ended.then((error) => error && elsewhere.end(ComStatus.RPC_E_DISCONNECTED));
  return elsewhere.stub(openNative(), stream, { [Symbol.asyncDispose]: () => close(apartment, hosted) });
}

function tell(sink: ObjectSink, told: Told): void {
  try {
    if (told.kind === 'objects') sink.indicate(told.objects);
    else sink.setStatus(told.status);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** A thread that has ended by itself has nothing left to close. */
async function close(apartment: ApartmentThread, hosted: HostedObject): Promise<void> {
  try {
    await hosted.ask('leave');
    await hosted[Symbol.asyncDispose]();
    await apartment.close();
  } catch (error) {
    if (!(error instanceof WmisecError) || error.code !== 'APARTMENT_FAILED') throw error;
  }
}

/** Beside this file, whether it is the source or the bundle. */
function ownProgram(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./apartment-sink-program.${extension}`, import.meta.url);
}
