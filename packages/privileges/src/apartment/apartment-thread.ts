import { Worker } from 'node:worker_threads';
import { type Native, openNative } from '@wmisec/com-core';
import { WmisecError } from '@wmisec/wbem';
import type { CallerPolicy } from '../caller/caller-policy.ts';
import { programUrl } from '../worker/program-url.ts';
import type {
  ApartmentData,
  ApartmentReport,
  ApartmentRequest,
  ClosedReply,
  HostedReply,
} from './apartment-messages.ts';
import { CallGauge } from './call-gauge.ts';
import { errorOf } from './failure-report.ts';
import { HostedObject } from './hosted-object.ts';
import { wakePump } from './message-pump.ts';
import { StallWatch } from './stall-watch.ts';

export interface ApartmentOptions {
  /** Milliseconds in one method after which the apartment counts as stalled. Default 10,000. */
  readonly stallAfterMs?: number | undefined;
  /** Hears of a stall, `APARTMENT_STALLED`. By default a process warning. */
  readonly onStall?: ((error: WmisecError) => void) | undefined;
  /** Hears of errors on the thread that nobody caught, which it survives. By default a process warning. */
  readonly onError?: ((error: WmisecError) => void) | undefined;
  /** Pieces of data that may wait to be taken before callers are told to try later. Default 10,000. */
  readonly backlog?: number | undefined;
  /** The program of the thread; default this package's own. */
  readonly program?: URL | undefined;
}

export interface HostRequest {
  /** The module whose export makes the object: see `HostedModule`. It is loaded on the apartment's thread. */
  readonly module: URL | string;
  /** Default `default`. */
  readonly exportName?: string | undefined;
  /** What the export gets after its scope; cloned. */
  readonly args?: readonly unknown[] | undefined;
  /** Who may call. */
  readonly policy: CallerPolicy;
  /** Gets what the object posts, in order. */
  readonly onData?: ((data: unknown) => void) | undefined;
  /** Hears of calls that were refused. */
  readonly onRefused?: ((method: string, reason: string) => void) | undefined;
  /** Hears what handlers throw. By default a process warning. */
  readonly onError?: ((error: WmisecError) => void) | undefined;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * A single-threaded apartment on a thread of its own, with a message pump. COM brings calls to its objects on
 * that very thread, so that each call's caller is known and checked inside it; only data crosses over to this one.
 * The process stays alive while it is open.
 */
export class ApartmentThread implements AsyncDisposable {
  readonly #native: Native;
  readonly #worker: Worker;
  readonly #gauge: CallGauge;
  readonly #watch: StallWatch;
  readonly #pending = new Map<number, Pending>();
  readonly #hosted = new Map<number, HostRequest>();
  readonly #methods = new Map<number, string>();
  readonly #onError: (error: WmisecError) => void;
  /** Settles when the thread has ended: with nothing after `close`, with `APARTMENT_FAILED` when it ended by itself. */
  readonly ended: Promise<WmisecError | undefined>;
  #threadId = 0;
  #lastRequest = 0;
  #stalled: WmisecError | undefined;
  #failed: WmisecError | undefined;
  #closed: Promise<ClosedReply> | undefined;

  private constructor(native: Native, options: ApartmentOptions) {
    const { backlog = 10_000, stallAfterMs = 10_000, onStall = warn, onError = warn } = options;
    const { program = programUrl('apartment-program', 'apartment') } = options;
    this.#native = native;
    this.#gauge = new CallGauge();
    const workerData: ApartmentData = { state: this.#gauge.buffer, backlog };
    this.#worker = new Worker(program, { workerData });
    this.#onError = onError;
    this.ended = new Promise((resolve) =>
      this.#worker.once('exit', () => {
        this.#watch[Symbol.dispose]();
        resolve(this.#closed === undefined ? this.#fail() : undefined);
      }),
    );
    const nameOf = (method: number) => this.#methods.get(method) ?? `method ${method}`;
    this.#watch = new StallWatch(this.#gauge, nameOf, stallAfterMs, (error) => {
      this.#stalled = error;
      this.#failAll(error);
      onStall(error);
    });
  }

  /** @throws WmisecError `UNSUPPORTED_PLATFORM`, `APARTMENT_FAILED` when the thread does not start. */
  static async open(options: ApartmentOptions = {}): Promise<ApartmentThread> {
    const apartment = new ApartmentThread(openNative(), options);
    await apartment.#start();
    return apartment;
  }

  /**
   * Makes an object in the apartment.
   * @throws WmisecError `UNKNOWN_ACCOUNT` for a policy that names nobody, `INVALID_ARGUMENT`, `DISPOSED`,
   * `APARTMENT_STALLED`, `APARTMENT_BODY_FAILED` with what the module threw.
   */
  async host(request: HostRequest): Promise<HostedObject> {
    const { module, exportName = 'default', args = [], policy } = request;
    const asked = { kind: 'host', module: String(module), exportName, args, policy } as const;
    const reply = (await this.#ask(asked)) as HostedReply;
    this.#hosted.set(reply.object, request);
    return new HostedObject(
      reply,
      (what) => this.#ask(what),
      (object) => this.#hosted.delete(object),
    );
  }

  /**
   * Runs a module's function on the apartment's thread, as `function(scope, ...args)`: to hand an object to a call
   * that wants it in its own apartment, for instance. While it runs no call comes in.
   * @throws as `host`.
   */
  run(module: URL | string, exportName = 'default', args: readonly unknown[] = []): Promise<unknown> {
    return this.#ask({ kind: 'run', module: String(module), exportName, args });
  }

  /**
   * Closes in order: new calls are answered RPC_E_DISCONNECTED, calls under way end, what they posted arrives, then
   * the apartment is left and the thread ends. Idempotent.
   * @returns how many objects native code still held.
   * @throws WmisecError `APARTMENT_STALLED`, `APARTMENT_FAILED`: the thread is stuck in a native call, or has ended
   * by itself. A stalled one can be closed when it goes on.
   */
  close(): Promise<ClosedReply> {
    this.#closed ??= this.#close().catch((error) => {
      this.#closed = undefined;
      throw error;
    });
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    this.#worker.on('message', (report: ApartmentReport) => this.#take(report));
    this.#worker.on('error', (cause) => this.#fail(cause)).on('exit', () => this.#fail());
    await new Promise((resolve, reject) => this.#pending.set(0, { resolve, reject }));
  }

  async #close(): Promise<ClosedReply> {
    const reply = (await this.#request({ kind: 'close' })) as ClosedReply;
    await this.ended;
    return reply;
  }

  #ask(request: ApartmentRequest): Promise<unknown> {
    if (this.#closed !== undefined)
      return Promise.reject(new WmisecError('DISPOSED', `${request.kind}: this apartment has been closed`));
    return this.#request(request);
  }

  #request(request: ApartmentRequest): Promise<unknown> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    if (this.#stalled !== undefined && this.#watch.lasting) return Promise.reject(this.#stalled);
    const number = ++this.#lastRequest;
    return new Promise((resolve, reject) => {
      this.#pending.set(number, { resolve, reject });
      this.#worker.postMessage({ number, request });
      wakePump(this.#native, this.#threadId);
    });
  }

  #take(report: ApartmentReport): void {
    switch (report.kind) {
      case 'ready':
        this.#threadId = report.threadId;
        this.#settle(0)?.resolve(undefined);
        break;
      case 'reply':
        this.#settle(report.number)?.resolve(report.value);
        break;
      case 'failure':
        this.#settle(report.number)?.reject(errorOf(report.failure));
        break;
      case 'method':
        this.#methods.set(report.id, report.name);
        break;
      case 'data':
        this.#gauge.taken();
        this.#hosted.get(report.object)?.onData?.(report.data);
        break;
      case 'refused':
        this.#hosted.get(report.object)?.onRefused?.(report.method, report.reason);
        break;
      case 'error':
        (this.#hosted.get(report.object)?.onError ?? this.#onError)(errorOf(report.failure));
        break;
    }
  }

  #settle(number: number): Pending | undefined {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    return pending;
  }

  /** Fails what is asked and will be. @returns the first failure. */
  #fail(cause?: unknown): WmisecError {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    this.#failed ??= new WmisecError('APARTMENT_FAILED', `the thread of the apartment ended${why}`, {
      cause,
    });
    this.#failAll(this.#failed);
    return this.#failed;
  }

  #failAll(error: WmisecError): void {
    for (const number of [...this.#pending.keys()]) this.#settle(number)?.reject(error);
  }
}

function warn(error: WmisecError): void {
  process.emitWarning(error.message, { code: error.code });
}
