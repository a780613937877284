import { setTimeout as sleep } from 'node:timers/promises';
import { defineStruct, IWbemObjectSink, IWbemServices, readStruct } from '@wmisec/com-core';
import { AuthnLevel, type WmisecError } from '@wmisec/wbem';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { ApartmentThread, type CallerPolicy } from '../src/index.ts';
import { callersLibrary, fixturePath, hasFixture, TokenLevel } from './callers-fixture.ts';
import { native } from './read-back.ts';

const program = new URL('apartment-program.js', inject('programs'));
const module = new URL('apartment-module.js', inject('programs'));
const { Anonymous, Identification, Impersonation, Delegation } = TokenLevel;
const ANYONE: CallerPolicy = { rule: { kind: 'dangerouslyAnyone' } };
const TALLY = defineStruct('Tally', 20, {
  allowed: ['i32', 0],
  denied: ['i32', 4],
  disconnected: ['i32', 8],
  other: ['i32', 12],
  lastOther: ['i32', 16],
});

describe.skipIf(!hasFixture)('a single-threaded apartment on its own thread, tested under Wine', () => {
  const callers = hasFixture ? native.library(callersLibrary) : (undefined as never);
  const stalls: WmisecError[] = [];
  let apartment: ApartmentThread;
  let open = false;

  beforeEach(async () => {
    stalls.length = 0;
    if (open) return;
    const onStall = (error: WmisecError) => stalls.push(error);
    apartment = await ApartmentThread.open({ program, stallAfterMs: 300, onStall });
    open = true;
  }, 60_000);

  afterEach(async () => {
    while (callers.threadsRunning() > 0 || callers.callersLiveObjects() > 0) await sleep(5);
    expect(callers.liveContexts()).toBe(0);
  });

  afterAll(() => apartment.close());

  function close() {
    open = false;
    return apartment.close();
  }

  async function hostSink(policy = ANYONE, milliseconds = 0) {
    const data: number[] = [];
    const refusals: string[] = [];
    const errors: WmisecError[] = [];
    const sink = await apartment.host({
      module,
      policy,
      args: [milliseconds],
      onData: (number) => data.push(number as number),
      onRefused: (method, reason) => refusals.push(`${method}: ${reason}`),
      onError: (error) => errors.push(error),
    });
    return { sink, data, refusals, errors };
  }

  /** Starts threads that call through Wine's proxies. */
  async function startCallers(sink: number, threads: number, calls: number, level: number = Identification) {
    const streams = (await apartment.run(module, 'streamsOf', [fixturePath, sink, threads])) as number[];
    using array = native.memory.alloc(8 * threads);
    for (const [i, stream] of streams.entries()) array.setPointer(8 * i, stream as never);
    const tally = native.memory.alloc(TALLY.size);
    callers.startCallers(array.ptr, threads, calls, level, tally.ptr);
    return {
      async finished() {
        while (callers.threadsRunning() > 0) await sleep(5);
        using _ = tally;
        return readStruct(TALLY, tally.view);
      },
    };
  }

  test('hosts on another thread, and a failing module is an error by name', async () => {
    expect(await apartment.run(module, 'threadOf')).not.toBe(native.kernel32.GetCurrentThreadId());
    await expect(apartment.run(module, 'fail')).rejects.toMatchObject({
      code: 'APARTMENT_BODY_FAILED',
      message: 'the module says no',
    });
    await expect(apartment.run(module, 'nothing')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    const policy: CallerPolicy = { rule: { kind: 'machine', machine: 'NOWHERE\\NOBODY' } };
    await expect(apartment.host({ module, policy })).rejects.toMatchObject({ code: 'UNKNOWN_ACCOUNT' });
  });

  test('ten thousand calls from eight threads: none lost, none unchecked, references balanced', async () => {
    const { sink, data, refusals } = await hostSink();
    const started = await startCallers(sink.pointer(IWbemObjectSink), 8, 1250);
    const tally = await started.finished();
    expect(tally).toMatchObject({ allowed: 9000, denied: 1000, disconnected: 0, other: 0 });
    expect(await close()).toEqual({ referenced: 0 });
    expect(refusals).toHaveLength(1000);
    expect(refusals[0]).toMatch(/^IWbemObjectSink.Indicate: RPC_C_AUTHN_LEVEL_CONNECT is needed/);
    const expected = Array.from({ length: 10_000 }, (_, i) => i).filter((i) => (i % 1250) % 10 !== 9);
    expect(data.toSorted((a, b) => a - b)).toEqual(expected);
    expect(stalls).toEqual([]);
  }, 120_000);

  test.each([
    [Identification, { level: 2, acted: 0x80070542, toggled: null, left: false }],
    [Impersonation, { level: 3, acted: 0, toggled: true, left: false }],
    [Delegation, { level: 4, acted: 0, toggled: true, left: false }],
  ])(
    'a caller on a foreign thread with a token of level %i is known, and acted as or not',
    async (level, facts) => {
      const heard: unknown[] = [];
      const sink = await apartment.host({
        module,
        exportName: 'witness',
        policy: ANYONE,
        onData: (data) => heard.push(data),
      });
      const started = await startCallers(sink.pointer(IWbemObjectSink), 1, 1, level);
      expect(await started.finished()).toMatchObject({ allowed: 1 });
      await vi.waitFor(() => expect(heard).toEqual([facts]));
      await sink[Symbol.asyncDispose]();
    },
  );

  test('an anonymous caller on a foreign thread is refused', async () => {
    const { sink, data, refusals } = await hostSink();
    const started = await startCallers(sink.pointer(IWbemObjectSink), 1, 1, Anonymous);
    expect(await started.finished()).toMatchObject({ allowed: 0, denied: 1 });
    await vi.waitFor(() => expect(refusals).toHaveLength(1));
    expect(data).toEqual([]);
  });

  test('a policy that asks for more refuses every call', async () => {
    const policy: CallerPolicy = {
      rule: { kind: 'descriptor', sddl: 'O:SYG:SYD:(A;;0x1;;;SY)', desired: 1 },
      minimumAuthnLevel: AuthnLevel.PktPrivacy,
    };
    const { sink, data, refusals } = await hostSink(policy);
    const started = await startCallers(sink.pointer(IWbemObjectSink), 2, 10);
    expect(await started.finished()).toMatchObject({ allowed: 0, denied: 20, other: 0 });
    expect([data, refusals.length]).toEqual([[], 20]);
  });

  test('closing with calls under way: each is answered, and what was posted arrives first', async () => {
    const { sink, data } = await hostSink(ANYONE, 5);
    const started = await startCallers(sink.pointer(IWbemObjectSink), 4, 500);
    while (data.length < 8) await sleep(5);
    expect(await close()).toEqual({ referenced: 0 });
    const arrived = data.length;
    const tally = await started.finished();
    expect(tally).toMatchObject({ allowed: arrived, disconnected: 4, other: 0 });
    expect(arrived).toBeLessThan(1800);
    await expect(apartment.run(module, 'threadOf')).rejects.toMatchObject({ code: 'DISPOSED' });
  }, 60_000);

  test('a call out that waits for a caller of the apartment is a deadlock with a name', async () => {
    const { sink } = await hostSink();
    const waiting = apartment.run(module, 'deadlock', [fixturePath, sink.pointer(IWbemObjectSink), 1500]);
    await expect(waiting).rejects.toMatchObject({
      code: 'APARTMENT_STALLED',
      message: expect.stringContaining('in deadlock for more than 300 ms'),
    });
    await expect(apartment.run(module, 'threadOf')).rejects.toMatchObject({ code: 'APARTMENT_STALLED' });
    await expect(apartment.close()).rejects.toMatchObject({ code: 'APARTMENT_STALLED' });
    expect(stalls).toHaveLength(1);
    await vi.waitFor(() => apartment.run(module, 'threadOf'), { timeout: 10_000 });
  });

  test('a hosted object answers its maker; one that cannot, and what it throws, are errors by name', async () => {
    const object = await apartment.host({ module, policy: ANYONE, exportName: 'answering' });
    expect(await object.ask('question')).toBe('question answered');
    await expect(object.ask('fail')).rejects.toMatchObject({ code: 'APARTMENT_BODY_FAILED' });
    const { sink } = await hostSink();
    await expect(sink.ask('question')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('an error that nobody catches is told and survived, and an exit fails by name whatever is asked', async () => {
    const errors: string[] = [];
    const other = await ApartmentThread.open({ program, onError: ({ message }) => errors.push(message) });
    const object = await other.host({ module, policy: ANYONE, exportName: 'answering' });
    await object.ask('stray');
    expect(await object.ask('question')).toBe('question answered');
    expect(errors).toEqual(['nobody catches this']);
    const failed = { code: 'APARTMENT_FAILED' };
    await expect(object.ask('exit')).rejects.toMatchObject(failed);
    expect(await other.ended).toMatchObject(failed);
    await expect(object.ask('question')).rejects.toMatchObject(failed);
  });

  test('an object that has been released cannot be marshalled; one interface is not another', async () => {
    const { sink } = await hostSink();
    expect(() => sink.pointer(IWbemServices)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    await sink[Symbol.asyncDispose]();
    await sink[Symbol.asyncDispose]();
    await expect(sink.marshal(IWbemObjectSink)).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});
