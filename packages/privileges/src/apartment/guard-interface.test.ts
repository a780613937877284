import type { ServedInterface } from '@wmisec/com-core';
import { expect, test } from 'vitest';
import type { CallerVerdict } from '../caller/check-caller.ts';
import { CallGauge } from './call-gauge.ts';
import { guardInterface } from './guard-interface.ts';

const table = { name: 'ISink' } as ServedInterface['table'];

function guarded(handler: () => number | undefined, verdict: CallerVerdict, backlog = 1) {
  const gauge = new CallGauge();
  const refusals: string[] = [];
  const served = guardInterface(
    { table, handlers: { Indicate: handler, SetStatus: undefined } },
    {
      gauge,
      backlog,
      number: () => 7,
      check: () => verdict,
      refused: (method, reason) => refusals.push(`${method}: ${reason}`),
    },
  );
  return { gauge, refusals, served, call: served.handlers['Indicate'] as () => number | undefined };
}

const ALLOWED = { allowed: true, sid: 'S-1-5-18' } as const;

test('a caller that is let in reaches the handler, and the gauge shows where the apartment is', () => {
  const seen: number[] = [];
  const { gauge, call } = guarded(() => void seen.push(gauge.method), ALLOWED);
  expect(call()).toBeUndefined();
  expect([seen, gauge.method]).toEqual([[7], 0]);
});

test('a caller that is refused gets E_ACCESSDENIED, and the handler is not touched', () => {
  let ran = false;
  const { call, refusals } = guarded(
    () => {
      ran = true;
      return 0;
    },
    { allowed: false, reason: 'S-1-5-7 is not S-1-5-18' },
  );
  expect(call()).toBe(0x80070005);
  expect([ran, refusals]).toEqual([false, ['ISink.Indicate: S-1-5-7 is not S-1-5-18']]);
});

test('a handler that throws leaves the gauge as it was', () => {
  const { gauge, call } = guarded(() => {
    throw new Error('handler');
  }, ALLOWED);
  expect(call).toThrow('handler');
  expect(gauge.method).toBe(0);
});

test('calls are put off while the other side does not take its data', () => {
  const { gauge, call } = guarded(() => 0, ALLOWED);
  gauge.posted();
  expect(call()).toBe(0x8001010a);
  gauge.taken();
  expect(call()).toBe(0);
});

test('a method without a handler stays without one', () => {
  expect(Object.keys(guarded(() => 0, ALLOWED).served.handlers)).toEqual(['Indicate']);
});
