import type { ObjectSink } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { CallsUnderWay } from './calls-under-way.ts';
import { ListeningSink } from './listening-sink.ts';

function listener() {
  const ends: number[] = [];
  const sink: ObjectSink = { indicate: () => {}, setStatus: ({ status }) => ends.push(status) };
  return { sink, ends, listening: new ListeningSink(sink) };
}

test('a sink is under way until the last of its calls is over', () => {
  const calls = new CallsUnderWay();
  const { sink, listening } = listener();
  const [first, second] = [listening.begin(), listening.begin()];
  calls.add(sink, first);
  calls.add(sink, second);
  first.drop();
  expect(calls.sinks()).toEqual([sink]);
  second.drop();
  expect(calls.sinks()).toEqual([]);
});

test('ending tells each open call once, and leaves nothing', () => {
  const calls = new CallsUnderWay();
  const [over, open] = [listener(), listener()];
  const done = over.listening.begin();
  calls.add(over.sink, done);
  calls.add(open.sink, open.listening.begin());
  calls.add(open.sink, open.listening.begin());
  done.drop();
  calls.end(5);
  calls.end(6);
  expect([over.ends, open.ends, calls.sinks()]).toEqual([[], [5, 5], []]);
});
