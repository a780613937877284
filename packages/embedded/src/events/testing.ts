import { encodeSecurityDescriptor, parseSddl } from '@wmisec/access';
import { type CimInstance, defineClass, type EnumWbemClassObject, WbemError } from '@wmisec/wbem';
import { extrinsicEventClass } from '../system-classes/event-classes.ts';
import type { Timers } from './timers.ts';

/** Timers that run when a test says so. */
export class ManualTimers implements Timers {
  #now = 0;
  #waiting: { readonly at: number; readonly run: () => void }[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run };
    this.#waiting.push(timer);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== timer);
    };
  }

  /** Runs what is due by then, and lets what it started go on. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (let due = this.#due(until); due !== undefined; due = this.#due(until)) {
      this.#now = due.at;
      this.#waiting = this.#waiting.filter((each) => each !== due);
      due.run();
      await settled();
    }
    this.#now = until;
  }

  #due(until: number) {
    return this.#waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export const alarm = defineClass({
  name: 'Acme_Alarm',
  superclass: extrinsicEventClass,
  properties: { Door: 'uint32', Note: 'string' },
});

export function descriptorBytes(sddl: string): number[] {
  return [...encodeSecurityDescriptor(parseSddl(sddl))];
}

/** What waits for a subscriber now; nothing is waited for. */
export async function received(rows: EnumWbemClassObject): Promise<CimInstance[]> {
  try {
    const { objects } = await rows.next(1000, { timeoutMs: 5 });
    return [...objects];
  } catch (error) {
    if (error instanceof WbemError && error.code === 'WBEM_E_TIMED_OUT') return [];
    throw error;
  }
}
