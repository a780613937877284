import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CimClass,
  type CimInstance,
  type Condition,
  compileCondition,
  type PropertyBag,
  shapeOf,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { IncomingCall } from './incoming-call.ts';

/** The most objects that a sink is given at once. */
const MOST_AT_ONCE = 256;
/** How many pieces may follow each other before other calls get their turn. */
const PIECES_PER_TURN = 4;

export interface RowRequest {
  /** The properties that are wanted; null for all. */
  readonly properties: ReadonlySet<string> | null;
  /** What is asked of the rows; null for nothing. */
  readonly where: Condition | null;
}

/**
 * Gives the rows of a class to the call's sink as the provider makes them. Nothing is collected: a provider that never
 * ends costs no memory, and other calls get their turn.
 */
export async function indicateRows(call: IncomingCall, cls: CimClass, request: RowRequest): Promise<void> {
  const holds = request.where === null ? () => true : compileCondition(request.where);
  let pieces = 0;
  for await (const rows of providedRows(call, cls, request)) {
    const wanted = rows.map((row) => instanceOfRow(cls, row)).filter(holds);
    for (let start = 0; start < wanted.length; start += MOST_AT_ONCE) {
      call.signal.throwIfAborted();
      using objects = nativeRows(call, cls, wanted.slice(start, start + MOST_AT_ONCE));
      call.indicate(objects);
      if (++pieces % PIECES_PER_TURN === 0) await nextTurn();
    }
  }
}

/** The provider's batches, each pulled when the one before has been taken. */
export async function* providedRows(
  call: IncomingCall,
  cls: CimClass,
  wanted: RowRequest,
): AsyncGenerator<readonly PropertyBag[]> {
  const enumerate = call.site.requireMember('enumerate');
  const batches = await call.provide((provider, request) =>
    enumerate.call(provider, cls.className, { ...request, ...wanted }),
  );
  const iterator = await call.provide(() => iteratorOf(batches));
  try {
    for (let batch = 1; ; batch++) {
      if (batch % PIECES_PER_TURN === 0) await nextTurn();
      const { done, value } = await call.provide(() => iterator.next());
      if (done) return;
      if (!Array.isArray(value)) throw notRows(cls);
      yield value;
    }
  } finally {
    letGo(iterator);
  }
}

function iteratorOf<T>(batches: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
}

/** Tells the provider that no more is wanted, and does not wait for it. */
function letGo(iterator: Iterator<unknown> | AsyncIterator<unknown>): void {
  void (async () => iterator.return?.())().catch(() => {});
}

/** A row as an instance: what it lacks has the default of its class. */
export function instanceOfRow(cls: CimClass, row: PropertyBag): CimInstance {
  if (typeof row !== 'object' || row === null) throw notRows(cls);
  return { kind: 'instance', shape: shapeOf(cls), properties: row, path: null };
}

/** @throws WbemError `WBEM_E_PROVIDER_FAILURE` for a value that does not fit its property. */
export function nativeRows(call: IncomingCall, cls: CimClass, instances: readonly CimInstance[]) {
  try {
    return call.objects.instances(instances);
  } catch (cause) {
    if (!(cause instanceof WbemError) || !MISFITS.has(cause.hresult)) throw cause;
    throw new WbemError(
      WbemStatus.WBEM_E_PROVIDER_FAILURE,
      `a row does not fit its class ${cls.className}: ${cause.message}`,
      { cause },
    );
  }
}

const MISFITS = new Set<number>([
  WbemStatus.WBEM_E_TYPE_MISMATCH,
  WbemStatus.WBEM_E_VALUE_OUT_OF_RANGE,
  WbemStatus.WBEM_E_ILLEGAL_NULL,
  WbemStatus.WBEM_E_QUOTA_VIOLATION,
]);

function notRows({ className }: CimClass): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_PROVIDER_FAILURE,
    `the provider gave something else than rows of ${className}`,
  );
}
