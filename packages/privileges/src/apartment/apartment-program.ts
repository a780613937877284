// What the thread of an apartment runs: it takes requests and COM's calls in turns until it is told to close.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ApartmentHost } from './apartment-host.ts';
import type { ApartmentData, ApartmentReport } from './apartment-messages.ts';
import { ApartmentRequests } from './apartment-requests.ts';
import { CallGauge } from './call-gauge.ts';
import { failureReport } from './failure-report.ts';
import { MessagePump } from './message-pump.ts';

/** Milliseconds that the thread sleeps in its message queue; requests end the sleep. */
const SLEEP = 50;
/** The same while a request waits for something in JavaScript. */
const NAP = 2;
const BATCH = 256;
/** Quiet turns after which nobody calls any more, and the longest that closing waits for them. */
const QUIET_TURNS = 25;
const MOST_TURNS = 1000;

if (parentPort !== null) await serve(parentPort, workerData as ApartmentData);

async function serve(port: MessagePort, { state, backlog }: ApartmentData): Promise<void> {
  const report = (what: ApartmentReport) => port.postMessage(what);
  const host = new ApartmentHost(new CallGauge(state), backlog, report);
  using pump = new MessagePump(host.native);
  const requests = new ApartmentRequests(port, host, report);
  surviveStrayErrors(report);
  process.once('exit', () => host.abandon(() => settle(pump)));
  pump.dispatch(BATCH);
  report({ kind: 'ready', threadId: host.native.kernel32.GetCurrentThreadId() });
  while (requests.closing === undefined) {
    if (pump.dispatch(BATCH) === 0) pump.wait(requests.open > 0 || host.working ? NAP : SLEEP);
    await host.turn();
  }
  host.disconnect();
  await drain(pump, host);
  report({ kind: 'reply', number: requests.closing, value: host.leave() });
  port.close();
}

/** The same as `drain` on a thread whose event loop has ended. */
function settle(pump: MessagePump): void {
  for (let turn = 0, quiet = 0; turn < MOST_TURNS && quiet < QUIET_TURNS; turn++) {
    quiet = pump.dispatch(BATCH) === 0 ? quiet + 1 : 0;
    if (quiet > 0) pump.wait(NAP);
  }
}

/** An error that nobody catches must not end the thread while COM holds its objects. */
function surviveStrayErrors(report: (what: ApartmentReport) => void): void {
  process.on('uncaughtException', (error) =>
    report({ kind: 'error', object: 0, failure: failureReport(error) }),
  );
}

/** Answers calls that were under way when the apartment closed. */
async function drain(pump: MessagePump, host: ApartmentHost): Promise<void> {
  for (let turn = 0, quiet = 0; turn < MOST_TURNS && quiet < QUIET_TURNS; turn++) {
    quiet = pump.dispatch(BATCH) === 0 ? quiet + 1 : 0;
    if (quiet > 0) pump.wait(NAP);
    await host.turn();
  }
}
