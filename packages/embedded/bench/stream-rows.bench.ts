import { defineClass, type PropertyBag } from '@wmisec/wbem';
import { createService } from '../src/index.ts';

const ROWS = 100_000;
const BATCH = 1000;
const ROUNDS = 9;

const row = defineClass({
  name: 'Acme_Row',
  qualifiers: { dynamic: true, provider: 'Rows' },
  properties: {
    Name: { type: 'string', key: true },
    Size: 'uint64',
    Threads: 'uint32',
    Open: 'boolean',
    Note: 'string',
  },
});

const rows: PropertyBag[][] = Array.from({ length: ROWS / BATCH }, (_, b) =>
  Array.from({ length: BATCH }, (_, i) => ({
    Name: `row-${b * BATCH + i}`,
    Size: BigInt(i) * 4096n,
    Threads: i % 50,
    Open: i % 2 === 0,
    Note: null,
  })),
);

const provider = { name: 'Rows', classes: [row], enumerate: () => rows };
await using service = await createService({ providers: [provider] });
await using services = await service.transport().open({
  server: null,
  namespace: 'root\\cimv2',
  identity: null,
  authority: null,
  locale: null,
  useMaxWait: true,
});

/** The least that can be done with the rows: copy each into a new object. */
function copyByHand(): number {
  let seen = 0;
  for (const batch of rows) seen += batch.map((r) => ({ kind: 'instance', properties: { ...r } })).length;
  return seen;
}

async function stream(query: string): Promise<number> {
  let seen = 0;
  await using enumerator = await services.execQuery(query);
  for (let done = false; !done; ) {
    const batch = await enumerator.next(BATCH);
    done = batch.done;
    seen += batch.objects.length;
  }
  return seen;
}

const hand = await median(async () => copyByHand());
for (const [query, expected] of [
  ['SELECT * FROM Acme_Row', ROWS],
  ['SELECT Name, Size FROM Acme_Row', ROWS],
  ['SELECT Name FROM Acme_Row WHERE Open = TRUE AND Threads > 10', 38_000],
] as const) {
  if ((await stream(query)) !== expected) throw new Error(`${query} gave another number of rows`);
  const time = await median(() => stream(query));
  const rate = Math.round(ROWS / time).toLocaleString('en');
  console.log(`${query}: ${rate} rows per ms, ${(time / hand).toFixed(1)} times copying them by hand`);
}

const calls = 20_000;
const gated = await median(async () => {
  for (let i = 0; i < calls; i++) await services.getObject('Acme_Row');
});
console.log(`getObject of a class through every gate: ${((gated / calls) * 1000).toFixed(2)} microseconds`);

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}
