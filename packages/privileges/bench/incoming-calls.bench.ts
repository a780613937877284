// The round trip of a call into an apartment, made by a C++ thread through COM's proxy and stub:
//
//     node packages/privileges/bench/run.mjs
//
// The same caller calls a sink in C++ that counts and checks nothing, and one in JavaScript whose caller is
// identified and judged in every call and whose data is posted to this thread. Both live on the same thread with
// the same message pump. Medians of the rounds are shown, and how much memory the calls left behind.
import { setTimeout as sleep } from 'node:timers/promises';
import { IWbemObjectSink } from '@wmisec/com-core';
import { callersLibrary, fixturePath, TokenLevel } from '../native/callers-fixture.ts';
import { native } from '../native/read-back.ts';
import { ApartmentThread } from '../src/index.ts';

const ROUNDS = 7;
const WARM_UP = 2;
const CALLS = 2000;

const module = new URL('./apartment-module.js', import.meta.url);
const callers = native.library(callersLibrary);

const apartment = await ApartmentThread.open();
let posted = 0;
const sink = await apartment.host({
  module,
  policy: { rule: { kind: 'dangerouslyAnyone' } },
  onData: () => {
    posted++;
  },
});
const rounds = [];
let memory = 0;
for (let i = 0; i < WARM_UP + ROUNDS; i++) {
  const round = {
    cpp: await measure('nativeStreamsOf', []),
    js: await measure('streamsOf', [sink.pointer(IWbemObjectSink)]),
  };
  if (i < WARM_UP) memory = process.memoryUsage.rss();
  else rounds.push(round);
}
const grown = (process.memoryUsage.rss() - memory) / 2 ** 20;
const { referenced } = await apartment.close();

const expected = (WARM_UP + ROUNDS) * CALLS * 0.9;
if (posted !== expected) throw new Error(`expected ${expected} pieces of data, got ${posted}`);
console.log(`C++, unchecked         ${median(rounds.map((r) => r.cpp)).toFixed(0)} us a call`);
console.log(`JavaScript, checked    ${median(rounds.map((r) => r.js)).toFixed(0)} us a call`);
console.log(`ratio                  ${median(rounds.map((r) => r.js / r.cpp)).toFixed(2)}`);
console.log(
  `memory grown           ${grown.toFixed(1)} MB over ${ROUNDS * CALLS * 2} calls, ${referenced} objects left`,
);

/** Microseconds per call of one thread. */
async function measure(streams: string, args: readonly unknown[]): Promise<number> {
  const [stream] = (await apartment.run(module, streams, [fixturePath, ...args, 1])) as [number];
  using array = native.memory.alloc(8);
  array.setPointer(0, stream as never);
  using tally = native.memory.alloc(20);
  const start = performance.now();
  callers.startCallers(array.ptr, 1, CALLS, TokenLevel.Identification, tally.ptr);
  while (callers.threadsRunning() > 0) await sleep(1);
  const elapsed = performance.now() - start;
  if (tally.view.getInt32(12, true) > 0) throw new Error('calls failed');
  return (elapsed * 1000) / CALLS;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
