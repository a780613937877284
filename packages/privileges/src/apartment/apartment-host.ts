import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  CoInit,
  ComHost,
  type ComObject,
  defineLibrary,
  type Native,
  NULL,
  openNative,
  type ServedInterface,
} from '@wmisec/com-core';
import { failed, type Guid, WbemError, WmisecError } from '@wmisec/wbem';
import { prepareCallerPolicy } from '../caller/caller-policy.ts';
import { checkCaller } from '../caller/check-caller.ts';
import type {
  ApartmentReport,
  ApartmentRequest,
  ClosedReply,
  HostedReply,
  ModuleCall,
} from './apartment-messages.ts';
import type { ApartmentScope, HostedModule, HostedParts } from './apartment-scope.ts';
import type { CallGauge } from './call-gauge.ts';
import { failureReport } from './failure-report.ts';
import { guardInterface } from './guard-interface.ts';

const connections = defineLibrary('ole32.dll', {
  CoDisconnectObject: ['HRESULT', 'IUnknown *pUnk', 'DWORD dwReserved'],
});

interface HostedObject {
  readonly object: ComObject;
  readonly answer: HostedParts['answer'];
  /** What the gauge shows while it answers. */
  readonly asked: number;
}

/** The single-threaded apartment of this thread, and the objects that live in it. */
export class ApartmentHost {
  readonly native: Native = openNative();
  readonly #gauge: CallGauge;
  readonly #backlog: number;
  readonly #report: (report: ApartmentReport) => void;
  readonly #host: ComHost;
  readonly #objects = new Map<number, HostedObject>();
  readonly #turn: number;
  #methods = 0;
  #lastObject = 0;
  #serving = 0;
  #working = 0;
  #left = false;

  /** @throws WbemError when COM refuses the apartment. */
  constructor(gauge: CallGauge, backlog: number, report: (report: ApartmentReport) => void) {
    this.#gauge = gauge;
    this.#backlog = backlog;
    this.#report = report;
    this.#turn = this.#number('the event loop');
    const hresult = this.native.ole32.CoInitializeEx(NULL, CoInit.COINIT_APARTMENTTHREADED);
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'CoInitializeEx' });
    this.#host = new ComHost(this.native, {
      onError: (error) => report({ kind: 'error', object: this.#serving, failure: failureReport(error) }),
    });
  }

  /** Whether work is pending that needs the event loop to turn. */
  get working(): boolean {
    return this.#working > 0;
  }

  /** Lets the event loop of this thread go on for a turn. */
  turn(): Promise<void> {
    return this.#gauge.duringTurn(this.#turn, nextTurn);
  }

  /** Does what is asked, except to close. @throws whatever the module throws; WbemError; WmisecError. */
  async answer(request: Exclude<ApartmentRequest, { kind: 'close' }>): Promise<unknown> {
    switch (request.kind) {
      case 'host':
        return this.#create(request);
      case 'run':
        return this.#run(request);
      case 'marshal':
        return this.#marshal(this.#objectOf(request.object).object, request.iid);
      case 'ask':
        return this.#answer(this.#objectOf(request.object), request.question);
      case 'release':
        return this.#release(request.object);
    }
  }

  /** From now on callers get RPC_E_DISCONNECTED. */
  disconnect(): void {
    this.#host.dispose();
    const { CoDisconnectObject } = this.native.library(connections);
    for (const { object } of this.#objects.values()) CoDisconnectObject(object.ptr, 0);
  }

  /** Leaves the apartment, which gives COM's own references back. */
  leave(): ClosedReply {
    this.#left = true;
    for (const number of [...this.#objects.keys()]) this.#release(number);
    this.native.ole32.CoUninitialize();
    return { referenced: this.#host.live };
  }

  /**
   * Leaves the apartment because the thread ends by itself: callers get errors, and neither freed memory nor silence.
   * @param settle answers the calls that are under way.
   */
  abandon(settle: () => void): void {
    if (this.#left) return;
    this.disconnect();
    settle();
    this.leave();
  }

  async #create(request: Extract<ApartmentRequest, { kind: 'host' }>): Promise<HostedReply> {
    const policy = prepareCallerPolicy(this.native, request.policy);
    const make = (await exportOf(request)) as unknown as HostedModule;
    const number = ++this.#lastObject;
    const { interfaces, answer } = partsOf(await make(this.#scope(number), ...(request.args as never[])));
    const served = (Array.isArray(interfaces) ? interfaces : [interfaces]) as ServedInterface[];
    const guard = {
      gauge: this.#gauge,
      backlog: this.#backlog,
      number: (method: string) => this.#number(method),
      check: () => {
        this.#serving = number;
        return checkCaller(this.native, policy);
      },
      refused: (method: string, reason: string) =>
        this.#report({ kind: 'refused', object: number, method, reason }),
    };
    const [first, ...others] = served.map((one) => guardInterface(one, guard));
    if (first === undefined) throw new WmisecError('INVALID_ARGUMENT', 'the module serves no interface');
    const object = this.#host.create(first, ...others);
    this.#objects.set(number, { object, answer, asked: this.#number(`${request.exportName}, asked`) });
    const pointers = Object.fromEntries(served.map(({ table }) => [table.name, object.pointer(table)]));
    return { object: number, pointers };
  }

  async #run(request: ModuleCall): Promise<unknown> {
    const run = await exportOf(request);
    const number = this.#number(request.exportName);
    return this.#gauge.during(number, () => run(this.#scope(0), ...request.args));
  }

  #answer({ answer, asked }: HostedObject, question: unknown): unknown {
    return this.#gauge.during(asked, () => answer(question as never));
  }

  #scope(object: number): ApartmentScope {
    const post = (data: unknown) => {
      this.#report({ kind: 'data', object, data });
      this.#gauge.posted();
    };
    const report = (error: unknown) => this.#report({ kind: 'error', object, failure: failureReport(error) });
    return { native: this.native, post, report, keepTurning: (work) => this.#keepTurning(work) };
  }

  #keepTurning(work: Promise<unknown>): void {
    this.#working++;
    const settled = () => this.#working--;
    work.then(settled, settled);
  }

  /** Puts an interface into a stream that another apartment takes it from. */
  #marshal(object: ComObject, iid: Guid): number {
    const { memory, ole32 } = this.native;
    using id = memory.guid(iid);
    using out = memory.alloc(8);
    const hresult = ole32.CoMarshalInterThreadInterfaceInStream(id.ptr, object.ptr, out.ptr);
    if (failed(hresult)) throw new WbemError(hresult, undefined, { operation: 'marshal' });
    return out.pointer();
  }

  #release(number: number): void {
    this.#objects.get(number)?.object.release();
    this.#objects.delete(number);
  }

  #objectOf(number: number): HostedObject {
    const object = this.#objects.get(number);
    if (object !== undefined) return object;
    throw new WmisecError('DISPOSED', 'this object has been released');
  }

  #number(method: string): number {
    const id = ++this.#methods;
    this.#report({ kind: 'method', id, name: method });
    return id;
  }
}

function partsOf(made: Awaited<ReturnType<HostedModule>>): HostedParts {
  if ('answer' in made) return { interfaces: made.interfaces, answer: (question) => made.answer(question) };
  return { interfaces: made, answer: refuseQuestion };
}

function refuseQuestion(): never {
  throw new WmisecError('INVALID_ARGUMENT', 'this object answers no questions');
}

async function exportOf({ module, exportName }: ModuleCall): Promise<(...args: unknown[]) => unknown> {
  const loaded = await import(/* @vite-ignore */ module);
  const found: unknown = loaded[exportName];
  if (typeof found === 'function') return found as (...args: unknown[]) => unknown;
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `expected a function as the export ${exportName}, got ${typeof found}`,
  );
}
