import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { WmisecError } from '@wmisec/wbem';
import type { Ptr } from '../raw/pointer.ts';
import { threadProgram } from './thread-program.ts';
import type { CallOutcome, ThreadTask } from './thread-task.ts';

type Settle = (outcome: CallOutcome | Error) => void;

/** A thread that does tasks in the order given. It keeps the process alive only while it has some. */
export class CallThread {
  readonly #worker: Worker;
  readonly #waiting: Settle[] = [];
  #failed = false;

  constructor() {
    const koffi = createRequire(import.meta.url).resolve('koffi');
    this.#worker = new Worker(threadProgram, { eval: true, workerData: { koffi } });
    this.#worker.unref();
    this.#worker.on('message', ([hresult, errorInfo, count]) => this.#finish({ hresult, errorInfo, count }));
    this.#worker.on('error', (cause) => {
      this.#failed = true;
      const failure = new WmisecError('CALL_THREAD_FAILED', 'a native call thread failed', { cause });
      while (this.#waiting.length > 0) this.#finish(failure);
    });
  }

  /** True when the thread has ended by itself and takes no more tasks. */
  get failed(): boolean {
    return this.#failed;
  }

  /** @param token what the thread is to be while it does the task; absent for the process. */
  run(task: ThreadTask, token?: Ptr<'HANDLE'>): Promise<CallOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      this.#worker.ref();
      this.#worker.postMessage(token === undefined ? task : { ...task, token });
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #finish(outcome: CallOutcome | Error): void {
    const settle = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    settle?.(outcome);
  }
}
