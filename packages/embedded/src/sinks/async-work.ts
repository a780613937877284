import { type CimObject, WbemStatus } from '@wmisec/wbem';
import type { Rows } from '../server/rows.ts';
import type { ServerCall } from '../server/server-call.ts';

/** How a call ended that did not fail. */
export interface AsyncOutcome {
  /** A success status. */
  readonly status: number;
  /** What it results in beside objects. */
  readonly text: string | null;
}

/** What a call does once it has begun: gives objects, batch after batch, and ends with its outcome. */
export type AsyncWork = AsyncGenerator<readonly CimObject[], AsyncOutcome, void>;

/** Objects handed to a sink at a time. */
const BATCH = 256;

const DONE: AsyncOutcome = { status: WbemStatus.WBEM_S_NO_ERROR, text: null };

/** A call that results in one object; null for none. */
export function givingObject(run: () => Promise<CimObject | null>): AsyncWork {
  return once(async () => ({ object: await run(), text: null }));
}

/** A call that results in the path of an instance. */
export function givingPath(run: () => Promise<string>): AsyncWork {
  return once(async () => ({ object: null, text: await run() }));
}

/** A call that has nothing to say but how it went. */
export function givingNothing(run: () => Promise<void>): AsyncWork {
  return once(async () => {
    await run();
    return { object: null, text: null };
  });
}

async function* once(
  run: () => Promise<{ readonly object: CimObject | null; readonly text: string | null }>,
): AsyncWork {
  const { object, text } = await run();
  if (object !== null) yield [object];
  return { ...DONE, text };
}

/** A call that results in the rows of an enumerator, which are pulled only as fast as the sink takes them. */
export async function* givingRows(
  call: ServerCall,
  open: () => Rows<CimObject> | Promise<Rows<CimObject>>,
): AsyncWork {
  const rows = await open();
  try {
    while (true) {
      const { objects, done, status } = await rows.next(call, BATCH);
      if (objects.length > 0) yield objects;
      if (done) return { ...DONE, status };
    }
  } finally {
    rows.close();
  }
}
