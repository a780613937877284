import type { PropertyBag } from '@wmisec/wbem';

/** How many single rows travel together. */
const BATCH = 256;

type Rows =
  | Iterable<PropertyBag | readonly PropertyBag[]>
  | AsyncIterable<PropertyBag | readonly PropertyBag[]>;

/** The batches of a handler's rows: arrays as they come, single rows gathered as long as nothing has to be awaited. */
export function rowBatches(
  rows: Rows,
): AsyncIterable<readonly PropertyBag[]> | Iterable<readonly PropertyBag[]> {
  return Symbol.asyncIterator in rows ? awaitedBatches(rows) : gatheredBatches(rows);
}

async function* awaitedBatches(
  rows: AsyncIterable<PropertyBag | readonly PropertyBag[]>,
): AsyncGenerator<readonly PropertyBag[], void> {
  for await (const each of rows) yield isBatch(each) ? each : [each];
}

function* gatheredBatches(
  rows: Iterable<PropertyBag | readonly PropertyBag[]>,
): Generator<readonly PropertyBag[], void> {
  let gathered: PropertyBag[] = [];
  for (const each of rows) {
    if (!isBatch(each) && gathered.push(each) < BATCH) continue;
    if (gathered.length > 0) yield gathered;
    gathered = [];
    if (isBatch(each)) yield each;
  }
  if (gathered.length > 0) yield gathered;
}

function isBatch(each: PropertyBag | readonly PropertyBag[]): each is readonly PropertyBag[] {
  return Array.isArray(each);
}
