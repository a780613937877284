import {
  type CimClass,
  type CimInstance,
  type GroupClause,
  instanceOf,
  type WqlOperator,
} from '@wmisec/wbem';
import { MAX_QUEUED_BYTES } from './event-queue.ts';
import { groupKey } from './group-key.ts';
import type { Timers } from './timers.ts';

/** Groups that may be open for one subscriber. */
export const MAX_GROUPS = 10_000;

export interface EventGroupsOptions {
  readonly clause: GroupClause;
  /** `__AggregateEvent`. */
  readonly aggregateClass: CimClass;
  readonly timers: Timers;
  /**
   * Takes an `__AggregateEvent` when its group is closed.
   * @param size of its representative, in bytes. @param depth of its representative.
   */
  readonly emit: (aggregate: CimInstance, size: number, depth: number) => void;
}

interface Group {
  count: number;
  readonly representative: CimInstance;
  readonly size: number;
  readonly depth: number;
  readonly cancel: () => void;
}

/**
 * `GROUP WITHIN ... BY ... HAVING`: events with equal values are counted for so many seconds after the first of
 * them, and become one `__AggregateEvent` with the first as its representative, if the count is what `HAVING` asks.
 * @see Microsoft, "GROUP Clause", "HAVING Clause"
 */
export class EventGroups {
  readonly #options: EventGroupsOptions;
  readonly #open = new Map<string, Group>();
  /** Of the representatives, about. */
  #bytes = 0;

  constructor(options: EventGroupsOptions) {
    this.#options = options;
  }

  /**
   * @param project what subscribers get of an event.
   * @returns false when no more groups can be opened, and the event is lost.
   */
  add(event: CimInstance, size: number, project: (event: CimInstance) => CimInstance, depth = 0): boolean {
    const { clause, timers } = this.#options;
    const key = groupKey(clause.by, event);
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.count++;
      return true;
    }
    if (this.#open.size === MAX_GROUPS || this.#bytes + size > MAX_QUEUED_BYTES) return false;
    this.#bytes += size;
    const cancel = timers.after(clause.within * 1000, () => this.#close(key));
    this.#open.set(key, { count: 1, representative: project(event), size, depth, cancel });
    return true;
  }

  /** Forgets what is open. Idempotent. */
  close(): void {
    for (const { cancel } of this.#open.values()) cancel();
    this.#open.clear();
    this.#bytes = 0;
  }

  #close(key: string): void {
    const group = this.#open.get(key);
    if (group === undefined) return;
    this.#open.delete(key);
    this.#bytes -= group.size;
    const { clause, aggregateClass, emit } = this.#options;
    const { count, representative, size, depth } = group;
    if (!isAsked(clause.having, count)) return;
    emit(instanceOf(aggregateClass, { NumberOfEvents: count, Representative: representative }), size, depth);
  }
}

const HOLDS: Readonly<Record<WqlOperator, (count: number, limit: number) => boolean>> = {
  '=': (count, limit) => count === limit,
  '<>': (count, limit) => count !== limit,
  '<': (count, limit) => count < limit,
  '<=': (count, limit) => count <= limit,
  '>': (count, limit) => count > limit,
  '>=': (count, limit) => count >= limit,
};

function isAsked(having: GroupClause['having'], count: number): boolean {
  return having === null || HOLDS[having.operator](count, having.numberOfEvents);
}
