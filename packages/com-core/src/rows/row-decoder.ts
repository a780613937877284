import { setImmediate } from 'node:timers/promises';
import type { CimObject, CimValue } from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import { readObject } from '../objects/read-object.ts';
import { VARIANT } from '../raw/structs.ts';
import type { RowBatch } from './row-fetcher.ts';
import type { RowPlan } from './row-plan.ts';
import type { RowPlans } from './row-plans.ts';

/** Rows between two looks at the clock. */
const STRIDE = 64;
/** Milliseconds that decoding may keep the event loop from others. */
const TURN = 6;
/** Where the thread that fetched a row left the position of its class: a VARIANT's first reserved word. */
const CLASS_INDEX = 2;

/** Makes plain objects of fetched rows: reads memory, and calls nothing for rows that came with a plan. */
export class RowDecoder {
  readonly #com: Com;
  readonly #plans: RowPlans;

  constructor(com: Com, plans: RowPlans) {
    this.#com = com;
    this.#plans = plans;
  }

  /**
   * Appends a batch's objects to `rows`, in turns of a few milliseconds between which others run. The batch
   * stays the caller's.
   * @throws WbemError what reading an object throws.
   */
  async decode(batch: RowBatch, rows: CimObject[]): Promise<void> {
    let turn = performance.now();
    const { view, place } = batch.room;
    let at = place.firstValue;
    for (let i = 0; i < batch.count; i++) {
      const plan = batch.filled ? this.#plans.at(view.getUint16(at + CLASS_INDEX, true) - 1) : undefined;
      const first = at + VARIANT.size;
      if (plan?.isFor(view, at)) rows.push(readRow(plan, view, first));
      else rows.push(this.#readAlone(batch, i));
      at = first + (plan?.nameTexts.length ?? 0) * VARIANT.size;
      if (i % STRIDE !== 0 || performance.now() - turn < TURN) continue;
      await setImmediate();
      turn = performance.now();
    }
  }

  /** Reads an object of a class that had no plan yet. */
  #readAlone(batch: RowBatch, index: number): CimObject {
    const object = readObject(this.#com, batch.room.object(index));
    this.#plans.learn(object);
    return object;
  }
}

function readRow(plan: RowPlan, view: DataView, start: number): CimObject {
  const { names, readers, pathOf } = plan;
  const properties: Record<string, CimValue> = { ...plan.template };
  let at = start;
  for (let i = 0; i < names.length; i++) {
    properties[names[i]!] = readers[i]!(view, at);
    at += VARIANT.size;
  }
  const path = pathOf === null ? plan.readPath(view, at) : pathOf(properties);
  return { kind: 'instance', shape: plan.shape, properties, path };
}
