import { expect, test } from 'vitest';
import { CallGauge } from './call-gauge.ts';
import { StallWatch } from './stall-watch.ts';

function watched() {
  const gauge = new CallGauge();
  const errors: string[] = [];
  const watch = new StallWatch(
    gauge,
    (method) => `method ${method}`,
    1_000_000,
    (error) => {
      errors.push(`${error.code}: ${/in (method \d+)/.exec(error.message)?.[1]}`);
    },
  );
  return { gauge, errors, watch };
}

test('a method that goes on past the limit is named, once', () => {
  const { gauge, errors, watch } = watched();
  using _ = watch;
  gauge.during(3, () => {
    for (const now of [0, 999_999, 1_000_000, 2_000_000]) watch.look(now);
  });
  expect(errors).toEqual(['APARTMENT_STALLED: method 3']);
});

test('an apartment that is idle, or goes from call to call, has not stalled', () => {
  const { gauge, errors, watch } = watched();
  using _ = watch;
  for (const now of [0, 5_000_000]) watch.look(now);
  for (const now of [6_000_000, 8_000_000, 10_000_000]) gauge.during(3, () => watch.look(now));
  expect(errors).toEqual([]);
});
