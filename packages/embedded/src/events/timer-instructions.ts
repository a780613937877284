import { foldName, type PropertyBag } from '@wmisec/wbem';
import type { RepositoryReader } from '../repository/repository.ts';
import type { Clock } from '../service/clock.ts';
import type { RepositoryChange } from './repository-change.ts';
import { TIMER_CLASSES, type TimerInstruction, timerInstruction } from './timer-instruction.ts';
import type { Timers } from './timers.ts';

export interface TimerInstructionsOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Tells that a timer fired so many times. @returns false when nobody listens. */
  readonly fire: (namespace: string, id: string, firings: number) => boolean;
}

/** Follows the timer instructions of a repository. @see Microsoft, "Receiving a Timed or Repeating Event" */
export class TimerInstructions {
  readonly #options: TimerInstructionsOptions;
  /** What cancels each, by folded namespace and then by class and identifier. */
  readonly #running = new Map<string, Map<string, () => void>>();

  constructor(options: TimerInstructionsOptions) {
    this.#options = options;
  }

  /** Starts those that are there already. */
  load(repository: RepositoryReader): void {
    for (const { path } of repository.namespaces())
      for (const className of TIMER_CLASSES)
        for (const { properties } of repository.instances(path, className))
          this.#follow(path, className, null, properties);
  }

  changed(change: RepositoryChange): void {
    if (change.kind === 'namespace' && !change.exists) this.#stopAll(foldName(change.path));
    if (change.kind === 'instance')
      this.#follow(change.namespace, change.className, change.before, change.after);
  }

  /** Stops all. Idempotent. */
  close(): void {
    for (const namespace of [...this.#running.keys()]) this.#stopAll(namespace);
  }

  #follow(namespace: string, className: string, before: PropertyBag | null, after: PropertyBag | null): void {
    const old = before === null ? null : timerInstruction(className, before);
    const next = after === null ? null : timerInstruction(className, after);
    if (old !== null) this.#stop(namespace, old);
    if (next?.when.kind === 'interval') this.#repeat(namespace, next, next.when.milliseconds, 0);
    if (next?.when.kind === 'once') this.#once(namespace, next, next.when.at);
  }

  /** @param missed how often it fired with nobody there to be told. */
  #repeat(namespace: string, instruction: TimerInstruction, milliseconds: number, missed: number): void {
    this.#wait(namespace, instruction, milliseconds, () => {
      const told = this.#options.fire(namespace, instruction.id, missed + 1);
      const kept = told || instruction.skipIfPassed ? 0 : missed + 1;
      this.#repeat(namespace, instruction, milliseconds, kept);
    });
  }

  #once(namespace: string, instruction: TimerInstruction, at: Date): void {
    const left = at.getTime() - this.#options.clock.now().getTime();
    if (left < 0 && instruction.skipIfPassed) return;
    this.#wait(namespace, instruction, Math.max(left, 0), () => {
      this.#stop(namespace, instruction);
      this.#options.fire(namespace, instruction.id, 1);
    });
  }

  #wait(namespace: string, instruction: TimerInstruction, milliseconds: number, run: () => void): void {
    const key = foldName(namespace);
    const ofNamespace = this.#running.get(key) ?? new Map<string, () => void>();
    this.#running.set(key, ofNamespace);
    ofNamespace.set(idOf(instruction), this.#options.timers.after(milliseconds, run));
  }

  #stop(namespace: string, instruction: TimerInstruction): void {
    const ofNamespace = this.#running.get(foldName(namespace));
    ofNamespace?.get(idOf(instruction))?.();
    ofNamespace?.delete(idOf(instruction));
  }

  #stopAll(namespace: string): void {
    for (const cancel of this.#running.get(namespace)?.values() ?? []) cancel();
    this.#running.delete(namespace);
  }
}

/** The two classes have identifiers of their own. */
function idOf({ id, when }: TimerInstruction): string {
  return `${when.kind} ${foldName(id)}`;
}
