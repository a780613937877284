import type { ServedInterface } from '@wmisec/com-core';
import { ComStatus } from '@wmisec/wbem';
import type { CallerVerdict } from '../caller/check-caller.ts';
import type { CallGauge } from './call-gauge.ts';

/** The caller may try again later. */
const RPC_E_SERVERCALL_RETRYLATER = 0x8001010a;

export interface InterfaceGuard {
  readonly gauge: CallGauge;
  /** How much data may wait for the other side before calls are put off. */
  readonly backlog: number;
  /** A number for the gauge. */
  number(method: string): number;
  check(): CallerVerdict;
  refused(method: string, reason: string): void;
}

type Handler = (...args: never[]) => number | undefined;

/**
 * The same interface with every handler behind the check of its caller. A call that is refused, E_ACCESSDENIED,
 * never reaches the handler.
 */
export function guardInterface({ table, handlers }: ServedInterface, guard: InterfaceGuard): ServedInterface {
  const guarded: Record<string, Handler> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    if (handler !== undefined) guarded[name] = guardHandler(`${table.name}.${name}`, handler, guard);
  }
  return { table, handlers: guarded };
}

function guardHandler(method: string, handler: Handler, guard: InterfaceGuard): Handler {
  const number = guard.number(method);
  return (...args) =>
    guard.gauge.during(number, () => {
      const verdict = guard.check();
      if (!verdict.allowed) {
        guard.refused(method, verdict.reason);
        return ComStatus.E_ACCESSDENIED;
      }
      if (guard.gauge.backlog >= guard.backlog) return RPC_E_SERVERCALL_RETRYLATER;
      return handler(...args);
    });
}
