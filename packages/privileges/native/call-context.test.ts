import { setTimeout as sleep } from 'node:timers/promises';
import { parseSddl, type Sid } from '@wmisec/access';
import { readToken, TokenHandle } from '@wmisec/access/native';
import { ComHost, IWbemObjectSink, serve } from '@wmisec/com-core';
import { AuthnLevel, AuthnService, ComStatus, hresultFromWin32, ImpLevel } from '@wmisec/wbem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CallContext,
  checkCaller,
  checkPrivileges,
  prepareCallerPolicy,
  withPrivileges,
} from '../src/index.ts';
import { callersLibrary, duringCall, hasFixture, TokenLevel } from './callers-fixture.ts';
import { HELD, native, privilegeBytes, threadTokenId } from './read-back.ts';

const { Anonymous, Identification, Impersonation, Delegation } = TokenLevel;
const { PktPrivacy } = AuthnLevel;
const ME = (() => {
  using token = TokenHandle.ofProcess(native);
  return readToken(native, token).user as Sid;
})();

const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe.skipIf(!hasFixture)('a call being served, tested under Wine with a C++ call context', () => {
  const callers = hasFixture ? native.library(callersLibrary) : (undefined as never);
  let forgotten: number;

  beforeEach(() => {
    forgotten = callers.revertsForgotten();
  });

  afterEach(() => {
    const left = [threadTokenId(), callers.liveContexts(), callers.revertsForgotten() - forgotten];
    native.advapi32.RevertToSelf();
    expect(left).toEqual([null, 0, 0]);
  });

  test('says service, level and principal', () => {
    const facts = duringCall(Impersonation, PktPrivacy, () => CallContext.current(native).facts);
    expect(facts).toEqual({
      authnService: AuthnService.WinNT,
      authzService: 0,
      principal: 'host/fixture',
      authnLevel: PktPrivacy,
      capabilities: 0,
    });
  });

  test.each([
    [Identification, ImpLevel.Identify],
    [Impersonation, ImpLevel.Impersonate],
    [Delegation, ImpLevel.Delegate],
  ])('reads the impersonation level from the token: %i is %i', (tokenLevel, impLevel) => {
    const seen = duringCall(tokenLevel, PktPrivacy, () => {
      const call = CallContext.current(native);
      return [call.impersonationLevel(), call.sid(), threadTokenId()];
    });
    expect(seen).toEqual([impLevel, ME, null]);
  });

  test.each([Impersonation, Delegation])('acts as a caller at token level %i, and reverts', (level) => {
    const seen = duringCall(level, PktPrivacy, () => {
      const call = CallContext.current(native);
      const inside = call.impersonate(({ sid }) => [sid, callers.threadImpersonates()]);
      return [...inside, callers.threadImpersonates()];
    });
    expect(seen).toEqual([ME, 1, 0]);
  });

  test('AC-4.1 at identification CoImpersonateClient succeeds with token level 1, and acting is refused', () => {
    const seen = duringCall(Identification, PktPrivacy, () => {
      const hresult = native.ole32.CoImpersonateClient();
      const token = threadTokenId();
      native.ole32.CoRevertToSelf();
      const call = CallContext.current(native);
      let ran = false;
      const error = thrown(() =>
        call.impersonate(() => {
          ran = true;
        }),
      );
      return { hresult, impersonated: token !== null, level: call.impersonationLevel() - 1, error, ran };
    });
    expect(seen).toMatchObject({
      hresult: 0,
      impersonated: true,
      level: 1,
      ran: false,
      error: { hresult: hresultFromWin32(1346), message: expect.stringContaining('identification only') },
    });
  });

  test('rules 4.4: the token of an identifying caller is good for AccessCheck', () => {
    const mapping = { read: 1, write: 2, execute: 4, all: 7 };
    const granted = (sddl: string) =>
      duringCall(Identification, PktPrivacy, () =>
        CallContext.current(native).checkAccess(parseSddl(sddl), 1, mapping),
      ).granted;
    expect(granted(`O:SYG:SYD:(A;;0x1;;;${ME})`)).toBe(true);
    expect(granted('O:SYG:SYD:(A;;0x1;;;S-1-5-21-9-9-9-1000)')).toBe(false);
    expect(granted('O:SYG:SYD:')).toBe(false);
  });

  test('an anonymous caller has no token to check', () => {
    expect(() => duringCall(Anonymous, PktPrivacy, () => CallContext.current(native).token())).toThrow(
      expect.objectContaining({ hresult: hresultFromWin32(1347) }),
    );
  });

  test.each([Impersonation, Delegation])(
    'a captured caller at token level %i is acted as after its call',
    (level) => {
      using caller = duringCall(level, PktPrivacy, () => CallContext.current(native).capture());
      const inside = caller.impersonate(() => callers.threadImpersonates());
      expect([caller.sid, caller.impLevel, inside, threadTokenId()]).toEqual([ME, level + 1, 1, null]);
      expect(() => caller.impersonate((async () => 1) as never)).toThrow(
        expect.objectContaining({ code: 'SCOPE_CROSSES_AWAIT' }),
      );
    },
  );

  test('a captured caller at identification is checked and not acted as, and no longer once given back', () => {
    const caller = duringCall(Identification, PktPrivacy, () => CallContext.current(native).capture());
    const mapping = { read: 1, write: 2, execute: 4, all: 7 };
    const check = () => caller.checkAccess(parseSddl(`O:SYG:SYD:(A;;0x1;;;${ME})`), 1, mapping);
    expect(check().granted).toBe(true);
    expect(thrown(() => caller.impersonate(() => 1))).toMatchObject({ hresult: hresultFromWin32(1346) });
    caller[Symbol.dispose]();
    const late = [thrown(check), thrown(() => caller.impersonate(() => 1))];
    expect(late).toMatchObject([{ code: 'DISPOSED' }, { code: 'DISPOSED' }]);
  });

  test('AC-4.2 a call at the level none cannot be impersonated, and no identity changes', () => {
    const seen = duringCall(Impersonation, AuthnLevel.None, () => {
      const call = CallContext.current(native);
      const errors = [thrown(() => call.impersonate(() => 1)), thrown(() => call.token())];
      return { errors, thread: threadTokenId() };
    });
    const refusal = { hresult: ComStatus.CO_E_FAILEDTOIMPERSONATE };
    expect(seen).toMatchObject({ errors: [refusal, refusal], thread: null });
  });

  test('AC-4.3 after nested impersonation one revert leads back to the process', () => {
    const seen = duringCall(Impersonation, PktPrivacy, () => {
      for (let i = 0; i < 3; i++) native.ole32.CoImpersonateClient();
      const nested = threadTokenId() !== null;
      native.ole32.CoRevertToSelf();
      return [nested, threadTokenId()];
    });
    expect(seen).toEqual([true, null]);
  });

  test('nested impersonate bodies each return to what was around them', () => {
    const seen = duringCall(Impersonation, PktPrivacy, () => {
      const call = CallContext.current(native);
      return call.impersonate(() => {
        const outer = threadTokenId();
        call.impersonate(() => 1);
        return threadTokenId() === outer;
      });
    });
    expect(seen).toBe(true);
  });

  test('AC-4.4 a body that throws, or that forgets what it did, leaves the next call with the process identity', () => {
    const error = new Error('body');
    const seen = duringCall(Impersonation, PktPrivacy, () =>
      thrown(() =>
        CallContext.current(native).impersonate(() => {
          native.ole32.CoImpersonateClient();
          throw error;
        }),
      ),
    );
    expect(seen).toBe(error);
    expect(duringCall(Impersonation, PktPrivacy, threadTokenId)).toBeNull();
  });

  test.each([
    ['resolves', async () => 1],
    ['rejects', async () => Promise.reject(new Error('body'))],
  ])('a body whose promise %s is refused by the types, and reverted at run time', (_, body) => {
    const seen = duringCall(Impersonation, PktPrivacy, () => {
      const call = CallContext.current(native);
      // @ts-expect-error a body that returns a promise
      const error = thrown(() => call.impersonate(body));
      return { error, thread: threadTokenId() };
    });
    expect(seen).toMatchObject({ error: { code: 'SCOPE_CROSSES_AWAIT' }, thread: null });
  });

  test.each([Impersonation, Delegation])(
    "privileges are toggled on a copy of a caller's token at level %i, and the caller's comes back",
    (level) => {
      const seen = duringCall(level, PktPrivacy, () =>
        CallContext.current(native).impersonate(() => {
          const caller = [threadTokenId(), privilegeBytes('thread')];
          const within = withPrivileges([HELD], () => [
            checkPrivileges([HELD]),
            threadTokenId() !== caller[0],
          ]);
          return [...within, checkPrivileges([HELD])].concat(
            threadTokenId() === caller[0] && privilegeBytes('thread') === caller[1],
          );
        }),
      );
      expect(seen).toEqual([true, true, false, true]);
    },
  );

  test('rules 4.5: after a call out that changed the identity the body acts as the caller again', () => {
    const seen = duringCall(Impersonation, PktPrivacy, () =>
      CallContext.current(native).impersonate(({ callOut }) => {
        const answer = callOut(() => {
          native.advapi32.RevertToSelf();
          return 'answer';
        });
        return [answer, callers.threadImpersonates()];
      }),
    );
    expect(seen).toEqual(['answer', 1]);
  });

  test('a privilege scope around the call comes back after the impersonation', () => {
    withPrivileges([HELD], () => {
      const own = threadTokenId();
      const after = duringCall(Impersonation, PktPrivacy, () => {
        CallContext.current(native).impersonate(() => 1);
        return threadTokenId();
      });
      expect(after).toBe(own);
    });
  });

  test('a kept IServerSecurity serves the same call, and is given back', () => {
    const seen = duringCall(Impersonation, PktPrivacy, () => {
      using kept = CallContext.current(native).keep();
      return [kept.facts.authnLevel, kept.impersonate(({ sid }) => sid), threadTokenId()];
    });
    expect(seen).toEqual([PktPrivacy, ME, null]);
  });

  test('outside of any call there is no caller: RPC_E_CALL_COMPLETE', () => {
    expect(() => CallContext.current(native)).toThrow(
      expect.objectContaining({ hresult: ComStatus.RPC_E_CALL_COMPLETE }),
    );
  });

  test('a call from a foreign thread reaches this one without its caller, and is refused', async () => {
    const policy = prepareCallerPolicy(native, { rule: { kind: 'dangerouslyAnyone' } });
    const verdicts: unknown[] = [];
    using host = new ComHost(native);
    using sink = host.create(
      serve(IWbemObjectSink, {
        Indicate() {
          verdicts.push(checkCaller(native, policy));
          return undefined;
        },
      }),
    );
    using answer = native.memory.alloc(4);
    callers.callWithContextOnThread(sink.pointer(IWbemObjectSink), Impersonation, PktPrivacy, answer.ptr);
    while (callers.threadsRunning() > 0) await sleep(5);
    expect(verdicts).toEqual([{ allowed: false, reason: expect.stringContaining('80010117') }]);
  });

  describe('rules 4.2: the check of a sink', () => {
    const MACHINE: Sid = 'S-1-5-21-1-2-3-1103';
    const verdict = (
      rule: Parameters<typeof prepareCallerPolicy>[1]['rule'],
      {
        level = PktPrivacy as AuthnLevel,
        minimumAuthnLevel = undefined as AuthnLevel | undefined,
        account = ME,
      } = {},
    ) => {
      const lookup = (name: string) => (name === 'DOM\\HOST$' ? account : name === 'DOM\\HOST' ? ME : null);
      const policy = prepareCallerPolicy(native, { rule, minimumAuthnLevel }, lookup);
      return duringCall(Identification, level, () => ({
        ...checkCaller(native, policy),
        reverted: threadTokenId() === null,
      }));
    };

    test('the computer account is let in, at identification level too, and the thread has reverted', () => {
      expect(verdict({ kind: 'machine', machine: 'DOM\\HOST' })).toEqual({
        allowed: true,
        sid: ME,
        reverted: true,
      });
    });

    test('AC-4.6 the user DOM\\HOST is not the computer DOM\\HOST$', () => {
      expect(verdict({ kind: 'machine', machine: 'DOM\\HOST' }, { account: MACHINE })).toEqual({
        allowed: false,
        reason: `${ME} is not ${MACHINE}`,
        reverted: true,
      });
    });

    test('a computer without an account is an error before any call', () => {
      expect(() => verdict({ kind: 'machine', machine: 'DOM\\OTHER' })).toThrow(
        expect.objectContaining({ code: 'UNKNOWN_ACCOUNT', message: expect.stringContaining('DOM\\OTHER$') }),
      );
    });

    test('a level below the minimum is refused, and none always', () => {
      const rule = { kind: 'account', sid: ME } as const;
      expect(verdict(rule, { level: AuthnLevel.Pkt, minimumAuthnLevel: PktPrivacy }).allowed).toBe(false);
      expect(verdict(rule, { level: PktPrivacy, minimumAuthnLevel: PktPrivacy }).allowed).toBe(true);
      expect(verdict(rule, { level: AuthnLevel.None, minimumAuthnLevel: AuthnLevel.None }).allowed).toBe(
        false,
      );
    });

    test('a descriptor decides by the rights that it grants', () => {
      const rule = (sddl: string) => ({ kind: 'descriptor', sddl, desired: 0x3 }) as const;
      expect(verdict(rule(`O:SYG:SYD:(A;;0x3;;;${ME})`)).allowed).toBe(true);
      expect(verdict(rule(`O:SYG:SYD:(A;;0x1;;;${ME})`)).allowed).toBe(false);
      expect(verdict(rule('D:(A;;0x3;;;WD)')).allowed).toBe(false);
    });
  });
});
