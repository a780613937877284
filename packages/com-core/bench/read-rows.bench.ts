// Reading rows against a C++ client, on the same enumerator, in the same run:
//
//     node packages/com-core/bench/run.mjs
//
// Both read 10,000 rows from the fixture with the same calls of COM: the class name and five properties (three
// strings, a uint32, a boolean) of each, a thousand rows a call, without the time of ExecQuery. C++ (-O2) keeps
// them as structs with std::wstring; here they become plain objects, and every hop to the call threads and back
// is counted in. A round reads once with each; medians of the rounds are shown. How long the event loop is held
// is looked at in readings of its own, since looking takes time.
import { openFixture } from '../native/fixture.ts';

const ROUNDS = 25;
const WARM_UP = 3;
const WATCHED = 5;
const ROWS = 10_000;
const BATCH = 1000;
const QUERY = `SELECT * FROM Fixture_Row WHERE Count = ${ROWS}`;

const fixture = openFixture();
const rounds = [];
for (let i = 0; i < WARM_UP + ROUNDS; i++) {
  const round = { cpp: readWithCpp(), js: await readWithJavaScript() };
  if (i >= WARM_UP) rounds.push(round);
}
const held = [];
for (let i = 0; i < WATCHED; i++) held.push(await longestHold(readWithJavaScript));
await fixture[Symbol.asyncDispose]();

console.log(`C++ -O2            ${median(rounds.map((r) => r.cpp)).toFixed(2)} us/row`);
console.log(`@wmisec/com-core   ${median(rounds.map((r) => r.js)).toFixed(2)} us/row`);
console.log(
  `ratio              ${median(rounds.map((r) => r.js / r.cpp)).toFixed(2)}      (target: at most 1.3)`,
);
console.log(`event loop held    ${Math.max(...held).toFixed(1)} ms   (at the longest; target: at most 20)`);

/** Microseconds per row. */
function readWithCpp(): number {
  const { rows, microseconds } = fixture.readWithCpp(QUERY, BATCH);
  requireAll(rows);
  return microseconds / rows;
}

/** Microseconds per row. */
async function readWithJavaScript(): Promise<number> {
  await using rows = await fixture.services.execQuery(QUERY);
  const begin = performance.now();
  const kept = [];
  for (let done = false; !done; ) {
    const batch = await rows.next(BATCH);
    kept.push(...batch.objects);
    done = batch.done;
  }
  const microseconds = (performance.now() - begin) * 1000;
  requireAll(kept.length);
  return microseconds / ROWS;
}

/** The longest time for which nothing else could run, in milliseconds. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let [last, longest] = [performance.now(), 0];
  let running = true;
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  running = false;
  tick();
  return longest;
}

function requireAll(rows: number): void {
  if (rows !== ROWS) throw new Error(`expected ${ROWS} rows, got ${rows}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
