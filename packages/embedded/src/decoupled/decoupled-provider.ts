import { WellKnownSid } from '@wmisec/access';
import type { Caller, PropertyBag, Provider, ProviderRequest } from '@wmisec/wbem';
import { raceAbort } from '../server/race-abort.ts';

export interface DecoupledProviderOptions {
  /** Ends it: calls in flight fail with the reason. */
  readonly signal: AbortSignal;
  /** Whether its callers are folded into one identity: it learns nothing of them. @see docs/rules.md 9.11 */
  readonly foldsIdentity: boolean;
}

/** A provider that registered itself, as the service calls it: it may leave at any time. */
export function decoupledProvider(provider: Provider, options: DecoupledProviderOptions): Provider {
  const { signal, foldsIdentity } = options;
  const until = <T>(run: () => T | PromiseLike<T>) => raceAbort(signal, run);
  const seen = <R extends ProviderRequest>(request: R): R =>
    foldsIdentity ? { ...request, caller: folded(request.caller) } : request;
  const { enumerate, getInstance, putInstance, deleteInstance, execMethod } = provider;
  return {
    name: provider.name,
    classes: provider.classes,
    ...(provider.events !== undefined && { events: provider.events }),
    ...(enumerate !== undefined && {
      enumerate: (cls, request) => untilGone(signal, () => enumerate.call(provider, cls, seen(request))),
    }),
    ...(getInstance !== undefined && {
      getInstance: (cls, keys, request) => until(() => getInstance.call(provider, cls, keys, seen(request))),
    }),
    ...(putInstance !== undefined && {
      putInstance: (cls, row, request) => until(() => putInstance.call(provider, cls, row, seen(request))),
    }),
    ...(deleteInstance !== undefined && {
      deleteInstance: (cls, keys, request) =>
        until(() => deleteInstance.call(provider, cls, keys, seen(request))),
    }),
    ...(execMethod !== undefined && {
      execMethod: (cls, keys, method, inParams, request) =>
        until(() => execMethod.call(provider, cls, keys, method, inParams, seen(request))),
    }),
  };
}

type Batches = ReturnType<NonNullable<Provider['enumerate']>>;

async function* untilGone(
  signal: AbortSignal,
  open: () => Batches,
): AsyncGenerator<readonly PropertyBag[], void> {
  const batches = await raceAbort(signal, open);
  const iterator =
    Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await raceAbort(signal, () => iterator.next());
      finished = done === true;
      if (finished) return;
      yield value;
    }
  } finally {
    if (!finished) void (async () => iterator.return?.())().catch(() => {});
  }
}

/** The service in place of every caller. */
function folded({ authnLevel, impLevel }: Caller): Caller {
  return { sid: WellKnownSid.LocalSystem, remote: false, authnLevel, impLevel, token: null };
}
