import type { ObjectSink, SinkStatus } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { ListeningSink } from './listening-sink.ts';

const CANCELLED = 0x80041032;
const complete = (status: number): SinkStatus => ({
  kind: 'complete',
  status,
  text: null,
  extendedStatus: null,
});

let heard: string[];
let sink: ListeningSink;

beforeEach(() => {
  heard = [];
  const plain: ObjectSink = {
    indicate: (objects) => heard.push(`${objects.length} objects`),
    setStatus: ({ kind, status }) => heard.push(`${kind} ${status}`),
  };
  sink = new ListeningSink(plain);
});

test('without a call under way nothing is heard', () => {
  sink.indicate([]);
  sink.setStatus(complete(0));
  expect([heard, sink.listening]).toEqual([[], false]);
});

test('a call is heard until its final status, which progress is not', () => {
  const call = sink.begin();
  sink.indicate([]);
  sink.setStatus({ ...complete(1), kind: 'progress' });
  sink.setStatus(complete(0));
  sink.indicate([]);
  sink.setStatus(complete(0));
  expect([heard, call.over]).toEqual([['0 objects', 'progress 1', 'complete 0'], true]);
});

test('each of several calls has a final status, the oldest first', () => {
  const [first, second] = [sink.begin(), sink.begin()];
  sink.setStatus(complete(0));
  expect([first.over, second.over, sink.listening]).toEqual([true, false, true]);
});

test('a call that is ended tells its status once; one that is dropped tells none', () => {
  const [first, second] = [sink.begin(), sink.begin()];
  first.end(CANCELLED);
  first.end(CANCELLED);
  second.drop();
  second.end(CANCELLED);
  expect([heard, sink.listening]).toEqual([[`complete ${CANCELLED}`], false]);
});

test('ending the sink ends each of its calls', () => {
  sink.begin();
  sink.begin();
  sink.end(CANCELLED);
  sink.end(CANCELLED);
  expect(heard).toEqual([`complete ${CANCELLED}`, `complete ${CANCELLED}`]);
});

test('a call begun by a sink that is told of an end is heard', () => {
  let next = false;
  const again: ListeningSink = new ListeningSink({
    indicate: () => {},
    setStatus: () => {
      if (!next) again.begin();
      next = true;
    },
  });
  again.begin();
  again.setStatus(complete(0));
  expect(again.listening).toBe(true);
});
