import { setTimeout as sleep } from 'node:timers/promises';
import { readToken, TokenHandle } from '@wmisec/access/native';
import { connect } from '@wmisec/auth';
import type { CallerPolicy } from '@wmisec/privileges';
import { AuthnLevel, type CimInstance, type ObjectSink } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { checkedSink } from '../src/index.ts';
import { type FixtureService, serveFixture } from './fixture-service.ts';

const ALARMS = 'SELECT * FROM Fixture_Alarm';
const programs = inject('programs');
const PLAIN = { authnLevel: AuthnLevel.PktPrivacy, administrator: false };

/** What a sink heard, a line each, and what its apartment refused. */
class Heard implements ObjectSink {
  readonly lines: string[] = [];
  readonly refusals: string[] = [];

  indicate(objects: readonly unknown[]): void {
    for (const { properties } of objects as CimInstance[]) this.lines.push(`door ${properties['Door']}`);
  }

  setStatus({ status }: { readonly status: number }): void {
    this.lines.push(`complete 0x${status.toString(16)}`);
  }

  async untilLines(count: number): Promise<void> {
    while (this.lines.length < count) await sleep(1);
  }

  async untilRefusals(count: number): Promise<void> {
    while (this.refusals.length < count) await sleep(1);
  }
}

describe('a sink in an apartment that checks its callers, with a service in C++ under Wine', () => {
  let service: FixtureService;

  beforeEach(() => {
    service = serveFixture();
  });

  afterEach(() => {
    service.callBackAs(AuthnLevel.PktPrivacy);
    service[Symbol.dispose]();
  });

  function stubOf(heard: Heard, policy: CallerPolicy, program = 'marshalled-sink-program.js') {
    return checkedSink(heard, {
      policy,
      onRefused: (method, reason) => heard.refusals.push(`${method}: ${reason}`),
      apartment: { program: new URL('apartment-program.js', programs) },
      program: new URL(program, programs),
    });
  }

  function ownSid() {
    using token = TokenHandle.ofProcess(service.native);
    const { user } = readToken(service.native, token);
    return typeof user === 'string' ? user : user.sid;
  }

  test('the account that the policy names is heard: decoded events, in order', async () => {
    const heard = new Heard();
    await using connection = await connect('root\\fixture');
    await using stub = await stubOf(heard, { rule: { kind: 'account', sid: ownSid() } });
    await connection.services.async?.execNotificationQueryAsync(ALARMS, stub);
    for (const door of [1, 2, 3]) await service.raise(door);
    await heard.untilLines(3);
    await connection.services.async?.cancelAsyncCall(stub);
    await heard.untilLines(4);
    expect(heard.lines).toEqual(['door 1', 'door 2', 'door 3', 'complete 0x80041032']);
    expect(heard.refusals).toEqual([]);
  });

  test.each<[string, CallerPolicy, { authnLevel: number; administrator: boolean }, RegExp]>([
    [
      'another account',
      { rule: { kind: 'account', sid: 'S-1-5-20' } },
      { ...PLAIN, administrator: true },
      /is not S-1-5-20/,
    ],
    [
      'no administrator',
      { rule: { kind: 'descriptor', sddl: 'O:BAG:BAD:(A;;0x1;;;BA)', desired: 1 } },
      PLAIN,
      /the descriptor denies 0x1/,
    ],
    [
      'too low a level',
      { rule: { kind: 'dangerouslyAnyone' }, minimumAuthnLevel: AuthnLevel.PktPrivacy },
      { authnLevel: AuthnLevel.Pkt, administrator: true },
      /RPC_C_AUTHN_LEVEL_PKT_PRIVACY is needed, the call has RPC_C_AUTHN_LEVEL_PKT/,
    ],
    [
      'no identity',
      { rule: { kind: 'dangerouslyAnyone' } },
      { authnLevel: AuthnLevel.None, administrator: true },
      /RPC_C_AUTHN_LEVEL_CONNECT is needed, the call has RPC_C_AUTHN_LEVEL_NONE/,
    ],
  ])('%s is refused: the call ends, and the sink hears nothing', async (_title, policy, caller, reason) => {
    const heard = new Heard();
    await using connection = await connect('root\\fixture');
    await using stub = await stubOf(heard, policy);
    service.callBackAs(caller.authnLevel, caller.administrator);
    await connection.services.async?.execNotificationQueryAsync(ALARMS, stub);
    await service.raise(1);
    await heard.untilRefusals(2);
    expect(heard.refusals.map((line) => line.split(':')[0])).toEqual([
      'IWbemObjectSink.Indicate',
      'IWbemObjectSink.SetStatus',
    ]);
    expect(heard.refusals[0]).toMatch(reason);
    expect(heard.lines).toEqual([]);
  });

  test('an administrator passes where a plain user is refused', async () => {
    const heard = new Heard();
    const rule = { kind: 'descriptor', sddl: 'O:BAG:BAD:(A;;0x1;;;BA)', desired: 1 } as const;
    await using connection = await connect('root\\fixture');
    await using stub = await stubOf(heard, { rule });
    await connection.services.async?.execQueryAsync('SELECT * FROM Fixture_Row WHERE Count = 2', stub);
    await heard.untilLines(3);
    expect(heard.lines).toEqual(['door undefined', 'door undefined', 'complete 0x0']);
  });

  test('with the stub everything goes: thread, sink and proxies', async () => {
    const heard = new Heard();
    const before = service.liveObjects();
    const connection = await connect('root\\fixture');
    const stub = await stubOf(heard, { rule: { kind: 'dangerouslyAnyone' } });
    await connection.services.async?.execNotificationQueryAsync(ALARMS, stub);
    await service.raise(1);
    await heard.untilLines(1);
    await connection[Symbol.asyncDispose]();
    expect(heard.lines).toEqual(['door 1', 'complete 0x80041032']);
    await stub[Symbol.asyncDispose]();
    await stub[Symbol.asyncDispose]();
    while (service.liveObjects() > before) await sleep(5);
    expect(service.liveObjects()).toBe(before);
  });

  test('a thread that ends by itself is told as the end of the call', async () => {
    const heard = new Heard();
    await using connection = await connect('root\\fixture');
    await using stub = await stubOf(heard, { rule: { kind: 'dangerouslyAnyone' } }, 'ending-sink-program.js');
    await connection.services.async?.execNotificationQueryAsync(ALARMS, stub);
    await service.raise(1);
    await heard.untilLines(1);
    expect(heard.lines).toEqual(['complete 0x80010108']);
  });

  test('a policy that names nobody is refused, and leaves no thread', async () => {
    const policy: CallerPolicy = { rule: { kind: 'machine', machine: 'NOWHERE\\NOBODY' } };
    await expect(stubOf(new Heard(), policy)).rejects.toMatchObject({ code: 'UNKNOWN_ACCOUNT' });
  });
});
