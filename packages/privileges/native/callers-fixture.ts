import { join } from 'node:path';
import { ComHost, defineLibrary, IWbemObjectSink, serve } from '@wmisec/com-core';
import { native } from './read-back.ts';

const folder = process.env['WMISEC_FIXTURES'] ?? '';

/** False where no C++ compiler made the fixture. */
export const hasFixture = folder !== '';

export const fixturePath = join(folder, 'privileges-callers.dll');

export const callersLibrary = defineLibrary(fixturePath, {
  callWithContext: [
    'HRESULT',
    'IWbemObjectSink *sink',
    'DWORD tokenLevel',
    'DWORD authnLevel',
    'LONG number',
  ],
  callWithContextOnThread: [
    'void',
    'IWbemObjectSink *sink',
    'DWORD tokenLevel',
    'DWORD authnLevel',
    'void *answer',
  ],
  threadsRunning: ['int'],
  liveContexts: ['LONG'],
  callersLiveObjects: ['LONG'],
  revertsForgotten: ['LONG'],
  threadImpersonates: ['WINBOOL'],
  startCallers: ['void', 'void *streams', 'int threads', 'int calls', 'DWORD tokenLevel', 'void *tally'],
});

export const TokenLevel = { Anonymous: 0, Identification: 1, Impersonation: 2, Delegation: 3 } as const;

/**
 * Has a JavaScript sink called the way COM calls it, on this thread, and runs `serving` inside the call.
 * @returns what `serving` returned; what it throws is thrown.
 */
export function duringCall<R>(tokenLevel: number, authnLevel: number, serving: () => R): R {
  const callers = native.library(callersLibrary);
  const outcomes: { value?: R; error?: unknown }[] = [];
  using host = new ComHost(native, { onError: () => {} });
  using sink = host.create(
    serve(IWbemObjectSink, {
      Indicate() {
        try {
          outcomes.push({ value: serving() });
        } catch (error) {
          outcomes.push({ error });
        }
        return undefined;
      },
    }),
  );
  callers.callWithContext(sink.pointer(IWbemObjectSink), tokenLevel, authnLevel, 0);
  const outcome = outcomes[0]!;
  if ('error' in outcome) throw outcome.error;
  return outcome.value as R;
}
