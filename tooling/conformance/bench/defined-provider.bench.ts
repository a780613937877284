import { createService } from '@wmisec/embedded';
import { classSchema, defineProvider, serve } from '@wmisec/provider';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';

const ROWS = 100_000;
const BATCH = 500;
const ROUNDS = 9;
const CALLS = 5_000;

const properties = {
  Name: { type: 'string', key: true },
  Size: 'uint64',
  Threads: 'uint32',
  Open: 'boolean',
} as const;
const row = classSchema({
  name: 'Acme_Row',
  properties,
  methods: { Add: { in: { N: 'uint32' }, returns: 'uint32', static: true } },
});

/** Made as they are asked for, so that what is kept shows in the memory. */
function* rows(): Generator<{ Name: string; Size: bigint; Threads: number; Open: boolean }[]> {
  for (let first = 0; first < ROWS; first += BATCH)
    yield Array.from({ length: BATCH }, (_, i) => ({
      Name: `row-${first + i}`,
      Size: BigInt(i),
      Threads: i % 50,
      Open: i % 2 === 0,
    }));
}

const defined = defineProvider({
  name: 'Rows',
  classes: [serve(row, { enumerate: rows, methods: { Add: ({ N }) => ({ ReturnValue: (N ?? 0) + 1 }) } })],
});

/** The same without a definition: what hosting alone costs. */
const bare: Provider = {
  name: 'Bare',
  classes: [
    defineClass({
      name: 'Acme_BareRow',
      qualifiers: { dynamic: true, provider: 'Bare' },
      properties,
      methods: { Add: { in: { N: 'uint32' }, returns: 'uint32', static: true } },
    }),
  ],
  enumerate: rows,
  execMethod: async (_class, _keys, _method, { N }) => ({ returnValue: Number(N) + 1, outParams: {} }),
};

await using service = await createService({ providers: [defined, bare] });
await using services = await service.transport().open({
  server: null,
  namespace: 'root\\cimv2',
  identity: null,
  authority: null,
  locale: null,
  useMaxWait: true,
});

/** The least that can be done with the rows: make them, and copy each into a new object. */
function byHand(): number {
  let seen = 0;
  for (const batch of rows()) seen += batch.map((each: PropertyBag) => ({ properties: { ...each } })).length;
  return seen;
}

async function stream(className: string): Promise<number> {
  let seen = 0;
  await using found = await services.createInstanceEnum(className);
  for (let done = false; !done; ) {
    const batch = await found.next(BATCH);
    done = batch.done;
    seen += batch.objects.length;
  }
  return seen;
}

async function call(className: string): Promise<number> {
  for (let i = 0; i < CALLS; i++) await services.execMethod(className, 'Add', { N: i });
  return CALLS;
}

async function callByHand(): Promise<number> {
  for (let i = 0; i < CALLS; i++) await (async () => ({ ReturnValue: i + 1 }))();
  return CALLS;
}

const hand = await perSecond(async () => byHand());
const hosted = await perSecond(() => stream('Acme_BareRow'));
const rate = await perSecond(() => stream('Acme_Row'));
report(`${ROWS} rows made by hand`, hand, null);
report('hosted, without a definition', hosted, hand);
report('hosted, defined', rate, hand);

const before = heap();
let most = 0;
await using found = await services.createInstanceEnum('Acme_Row');
for (let done = false; !done; ) {
  done = (await found.next(BATCH)).done;
  most = Math.max(most, heap() - before);
}
console.log(`memory over ${ROWS} rows, at most ${(most / 2 ** 20).toFixed(1)} MB after collection`);

const bareCalls = await perSecond(() => call('Acme_BareRow'));
const calls = await perSecond(() => call('Acme_Row'));
report('an awaited function, by hand', await perSecond(callByHand), null);
report('method calls, without a definition', bareCalls, null);
report('method calls, defined', calls, bareCalls);
console.log(`a definition costs a call ${((1 / calls - 1 / bareCalls) * 1e6).toFixed(1)} microseconds`);

/** The median of several rounds. */
async function perSecond(run: () => Promise<number>): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const done = await run();
    rates.push((done / (performance.now() - start)) * 1000);
  }
  return rates.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function report(what: string, rate: number, against: number | null): void {
  const ratio = against === null ? '' : `  ${(rate / against).toFixed(2)} of it`;
  console.log(`${what.padEnd(40)} ${Math.round(rate).toLocaleString('en').padStart(12)}/s${ratio}`);
}
