import { setTimeout as sleep } from 'node:timers/promises';
import { IUnknown, type Native, type Ptr } from '@wmisec/com-core';
import { failed, WbemStatus } from '@wmisec/wbem';
import type { IncomingCall } from './incoming-call.ts';
import { providerFailure } from './provider-failure.ts';

/** What a call does. @returns what it results in beside objects: a path, or nothing. */
export type Operation = (call: IncomingCall) => Promise<string | null>;

/** The calls under way on one hosted provider. */
export class ProviderCalls {
  readonly #running = new Map<IncomingCall, Promise<void>>();

  get count(): number {
    return this.#running.size;
  }

  /** Works on a call, which is disposed when its sink has been told the end. */
  start(call: IncomingCall, run: Operation): void {
    const work = complete(call, run).finally(() => this.#running.delete(call));
    this.#running.set(call, work);
    call.site.scope.keepTurning(work);
  }

  /** Cancels the calls that a sink was given to. @returns how many there were. */
  cancel(native: Native, sink: Ptr): number {
    const wanted = identityOf(native, sink);
    const found = [...this.#running.keys()].filter(
      (call) => identityOf(native, call.sink.ptr as Ptr) === wanted,
    );
    for (const call of found) call.cancel(WbemStatus.WBEM_E_CALL_CANCELLED);
    return found.length;
  }

  /** Waits for the calls under way; those that take longer end with `WBEM_E_SHUTTING_DOWN`. @param graceMs milliseconds */
  async stop(graceMs: number): Promise<void> {
    const settled = Promise.all(this.#running.values());
    const over = new AbortController();
    const late = sleep(graceMs, undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([settled, late]);
    over.abort();
    for (const call of this.#running.keys()) call.cancel(WbemStatus.WBEM_E_SHUTTING_DOWN);
    await settled;
  }
}

async function complete(call: IncomingCall, run: Operation): Promise<void> {
  using _ = call;
  // The call that brings the work returns first, so that the provider's code never runs inside it.
  await null;
  try {
    call.succeed(WbemStatus.WBEM_S_NO_ERROR, await run(call));
  } catch (cause) {
    completeFailed(call, cause);
  }
}

function completeFailed(call: IncomingCall, cause: unknown): void {
  const { scope, provider } = call.site;
  const error = providerFailure(provider, call.operation, cause);
  if (error.hresult === WbemStatus.WBEM_E_PROVIDER_FAILURE) scope.report(error.cause ?? error);
  if (failed(error.hresult)) call.fail(error);
  else call.succeed(error.hresult, null);
}

/** An object has one `IUnknown`, whatever else it is reached through. */
function identityOf(native: Native, ptr: Ptr): Ptr {
  using iid = native.memory.guid(IUnknown.iid);
  using out = native.memory.alloc(8);
  const unknown = native.bind(IUnknown, ptr);
  unknown.QueryInterface(iid.ptr, out.ptr);
  const identity = out.pointer();
  if (identity !== 0) native.bind(IUnknown, identity).Release();
  return identity;
}
