import { CallThread } from './call-thread.ts';
import type { CallOutcome, ThreadTask } from './thread-task.ts';
import type { WornTokens } from './worn-token.ts';

const MOST = 16;

export interface ThreadLease {
  run(task: ThreadTask): Promise<CallOutcome>;
  /** After the last task is back. */
  end(): void;
}

/**
 * The threads on which calls that may wait are made, so that neither the event loop nor libuv's pool (and
 * with it `fs`) waits with them. Threads start when calls come together, 16 at most; further calls queue.
 *
 * `GetErrorInfo` belongs to the thread that made the call, which is why these threads ask for it themselves.
 * @see docs/rules.md 4.6
 */
export class CallThreads implements AsyncDisposable {
  readonly #all = new Set<CallThread>();
  readonly #idle: CallThread[] = [];
  readonly #queue: ((thread: CallThread) => void)[] = [];
  readonly #tokens: WornTokens;

  /** @param tokens whose token each task is done with. */
  constructor(tokens: WornTokens) {
    this.#tokens = tokens;
  }

  async run(task: ThreadTask): Promise<CallOutcome> {
    const thread = await this.#take();
    try {
      return await this.#runOn(thread, task);
    } finally {
      this.#giveBack(thread);
    }
  }

  /** A thread for tasks that have to be done one after the other, until it is given back. */
  async lease(): Promise<ThreadLease> {
    const thread = await this.#take();
    return { run: (task) => this.#runOn(thread, task), end: () => this.#giveBack(thread) };
  }

  /** Ends the threads. Calls that are under way keep theirs until they return. */
  async [Symbol.asyncDispose](): Promise<void> {
    const threads = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(threads.map((thread) => thread.end()));
  }

  async #runOn(thread: CallThread, task: ThreadTask): Promise<CallOutcome> {
    const token = this.#tokens.current();
    token?.use();
    try {
      return await thread.run(task, token?.handle);
    } finally {
      token?.leave();
    }
  }

  #take(): CallThread | Promise<CallThread> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.size >= MOST) return new Promise((resolve) => this.#queue.push(resolve));
    return this.#add();
  }

  #add(): CallThread {
    const thread = new CallThread();
    this.#all.add(thread);
    return thread;
  }

  #replace(failed: CallThread): CallThread {
    this.#all.delete(failed);
    return this.#add();
  }

  #giveBack(thread: CallThread): void {
    if (!this.#all.has(thread)) return;
    const usable = thread.failed ? this.#replace(thread) : thread;
    const next = this.#queue.shift();
    if (next === undefined) this.#idle.push(usable);
    else next(usable);
  }
}
