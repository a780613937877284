import type { Principal } from '@wmisec/access';
import { AuthnLevel, AuthnService, ComStatus, WbemError } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { person } from '../testing.ts';
import { CallbackChannel } from './callback-channel.ts';
import type { CallbackTarget } from './callback-target.ts';
import { completed, progress } from './sink-status.ts';

/** A sink far away, whose answers take until a test gives them. */
class DistantSink implements CallbackTarget {
  readonly checked = false;
  readonly levels: AuthnLevel[] = [];
  readonly #answers: ((refused: boolean) => void)[] = [];

  indicate({ authnLevel }: Principal): Promise<void> {
    this.levels.push(authnLevel);
    return new Promise((resolve, reject) => {
      this.#answers.push((refused) =>
        refused ? reject(new WbemError(ComStatus.E_ACCESSDENIED)) : resolve(),
      );
    });
  }

  setStatus(caller: Principal): Promise<void> {
    return this.indicate(caller);
  }

  hold(): () => void {
    return () => {};
  }

  /** Answers the oldest call that waits. */
  async answer(refused: boolean): Promise<void> {
    this.#answers.shift()?.(refused);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

let sink: DistantSink;
let channel: CallbackChannel;

beforeEach(() => {
  const route = { remote: true, authnService: AuthnService.WinNT, checked: false, encrypted: false };
  sink = new DistantSink();
  channel = new CallbackChannel(sink, person('HOST$'), route, {});
});

test.each([
  ['objects', (signal: AbortSignal) => channel.indicate([], signal)],
  ['progress', (signal: AbortSignal) => channel.setStatus(progress(1, 0), signal)],
])('once a call has ended, its %s are tried at no further level', async (_, send) => {
  const end = new AbortController();
  const sending = send(end.signal);
  sending.catch(() => {});
  end.abort(new Error('ended'));
  await sink.answer(true);
  await expect(sending).rejects.toThrow('ended');
  expect(sink.levels).toEqual([AuthnLevel.PktPrivacy]);
});

test('two callbacks that are refused at one level give up that level, and no other', async () => {
  const sending = [channel.indicate([], new AbortController().signal), channel.setStatus(completed(0))];
  await sink.answer(true);
  await sink.answer(true);
  await sink.answer(false);
  await sink.answer(false);
  await Promise.all(sending);
  const last = channel.setStatus(completed(0));
  await sink.answer(false);
  await last;
  expect(sink.levels).toEqual([6, 6, 5, 5, 5]);
});

test('another failure is no refusal, and no level is given up for it', async () => {
  sink.indicate = ({ authnLevel }) => {
    sink.levels.push(authnLevel);
    return Promise.reject(new WbemError(ComStatus.RPC_E_DISCONNECTED));
  };
  for (const _ of [1, 2])
    await expect(channel.setStatus(completed(0))).rejects.toMatchObject({ code: 'RPC_E_DISCONNECTED' });
  expect(sink.levels).toEqual([6, 6]);
  expect(channel.open).toBe(true);
});
