/** Does several jobs at a time and gives their results in the order of the items. A job must not throw. */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atATime: number,
  job: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const running = items.slice(0, atATime).map(job);
  for (const next of [...items.slice(atATime), ...Array<null>(running.length).fill(null)]) {
    const oldest = running.shift();
    if (oldest === undefined) return;
    const result = await oldest;
    if (next !== null) running.push(job(next));
    yield result;
  }
}
