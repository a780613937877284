import { setTimeout as sleep } from 'node:timers/promises';
import { TokenHandle } from '@wmisec/access/native';
import { hresultFromWin32 } from '@wmisec/wbem';
import { afterEach, describe, expect, test } from 'vitest';
import {
  checkPrivileges,
  enablePrivileges,
  listPrivileges,
  PRIVILEGES,
  PrivilegesMissingError,
  privilegeStateOf,
  withPrivileges,
} from '../src/index.ts';
import { duplicateToken } from '../src/token/token-identity.ts';
import { ALSO_HELD, HELD, NOT_HELD, native, privilegeBytes, threadTokenId } from './read-back.ts';

const processBefore = privilegeBytes('process');

afterEach(() => {
  const left = { thread: threadTokenId(), process: privilegeBytes('process') };
  native.advapi32.RevertToSelf();
  expect(left).toEqual({ thread: null, process: processBefore });
});

const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('the table, tested against the LUIDs of Wine', () => {
  test.each(PRIVILEGES.filter(({ luid }) => luid <= 30))('$name has the LUID $luid', ({ name, luid }) => {
    using out = native.memory.alloc(8);
    expect(native.advapi32.LookupPrivilegeValueW(null, name, out.ptr)).toBe(1);
    expect(out.pointer()).toBe(luid);
  });
});

describe('the state of a token', () => {
  test('is enabled, disabled or absent, and the system agrees', () => {
    const states = Object.fromEntries(listPrivileges().map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({
      SeChangeNotifyPrivilege: 'enabled',
      [HELD]: 'disabled',
      [NOT_HELD]: 'absent',
    });
    expect(checkPrivileges(['SeChangeNotifyPrivilege'])).toBe(true);
    expect(checkPrivileges([HELD])).toBe(false);
    expect(checkPrivileges([NOT_HELD])).toBe(false);
  });

  test('PrivilegeCheck asks for all of them or for any', () => {
    const names = ['SeChangeNotifyPrivilege', HELD] as const;
    expect(checkPrivileges(names)).toBe(false);
    expect(checkPrivileges(names, { mode: 'any' })).toBe(true);
    expect(checkPrivileges([HELD, NOT_HELD], { mode: 'any' })).toBe(false);
  });
});

describe('rules 7.2: privileges on a token of the thread', () => {
  test('are enabled within and gone after; the process never has them', () => {
    const result = withPrivileges([HELD, ALSO_HELD], () => {
      expect(threadTokenId()).not.toBeNull();
      expect(checkPrivileges([HELD, ALSO_HELD])).toBe(true);
      expect(privilegeStateOf(HELD, { token: 'process' })).toBe('disabled');
      expect(privilegeBytes('process')).toBe(processBefore);
      return 7;
    });
    expect(result).toBe(7);
    expect(threadTokenId()).toBeNull();
  });

  test('are gone after an exception, which comes through as it is', () => {
    const error = new Error('body');
    expect(
      thrown(() =>
        withPrivileges([HELD], () => {
          throw error;
        }),
      ),
    ).toBe(error);
    expect(threadTokenId()).toBeNull();
  });

  test('the using form takes them back at the end of the block, also after a throw', () => {
    const error = thrown(() => {
      using scope = enablePrivileges([HELD]);
      expect(scope.open && checkPrivileges([HELD])).toBe(true);
      throw new Error('block');
    });
    expect(error).toMatchObject({ message: 'block' });
    expect(threadTokenId()).toBeNull();
  });

  test('scopes nest, and each gives back what it found', () => {
    withPrivileges([HELD], () => {
      const outer = threadTokenId();
      withPrivileges([ALSO_HELD], () => {
        expect(checkPrivileges([HELD, ALSO_HELD])).toBe(true);
        expect(threadTokenId()).not.toBe(outer);
      });
      expect(threadTokenId()).toBe(outer);
      expect(checkPrivileges([ALSO_HELD])).toBe(false);
    });
  });

  test('a thread that impersonates gets its very token back, untouched', () => {
    native.advapi32.ImpersonateSelf(2);
    const before = { id: threadTokenId(), bytes: privilegeBytes('thread') };
    withPrivileges([HELD], () => expect(checkPrivileges([HELD])).toBe(true));
    thrown(() =>
      withPrivileges([HELD], () => {
        throw new Error('body');
      }),
    );
    expect({ id: threadTokenId(), bytes: privilegeBytes('thread') }).toEqual(before);
    native.advapi32.RevertToSelf();
  });

  test('a thread that impersonates for identification only is refused', () => {
    native.advapi32.ImpersonateSelf(1);
    const before = threadTokenId();
    expect(thrown(() => withPrivileges([HELD], () => 1))).toMatchObject({ hresult: hresultFromWin32(1346) });
    expect(threadTokenId()).toBe(before);
    native.advapi32.RevertToSelf();
  });

  test('what an inner scope left open is taken back with the outer one', async () => {
    withPrivileges([HELD], () => void enablePrivileges([ALSO_HELD]));
    expect(threadTokenId()).toBeNull();
    await sleep(0);
    expect(threadTokenId()).toBeNull();
  });
});

describe('rules 7.2: privileges on the token of the process', () => {
  test('are enabled only when it is asked for by name, and put back', () => {
    withPrivileges(
      [HELD],
      () => {
        expect(threadTokenId()).toBeNull();
        expect(checkPrivileges([HELD], { token: 'process' })).toBe(true);
      },
      { token: 'process' },
    );
    expect(privilegeBytes('process')).toBe(processBefore);
  });

  test('are put back after an exception', () => {
    thrown(() =>
      withPrivileges(
        [HELD],
        () => {
          throw new Error('body');
        },
        { token: 'process' },
      ),
    );
    expect(privilegeBytes('process')).toBe(processBefore);
  });

  test('one that was enabled before stays enabled', () => {
    withPrivileges(['SeChangeNotifyPrivilege'], () => 1, { token: 'process' });
    expect(privilegeBytes('process')).toBe(processBefore);
  });
});

describe('rules 7.3: ERROR_NOT_ALL_ASSIGNED', () => {
  test.each(['thread', 'process'] as const)(
    'AC-7.2 a privilege that the account does not hold is error 1300, and nothing is enabled: %s token',
    (token) => {
      let ran = false;
      const body = () => {
        ran = true;
      };
      const error = thrown(() => withPrivileges([HELD, NOT_HELD], body, { token }));
      expect(error).toBeInstanceOf(PrivilegesMissingError);
      expect(error).toMatchObject({
        code: 'ERROR_NOT_ALL_ASSIGNED',
        hresult: hresultFromWin32(1300),
        missing: [NOT_HELD],
      });
      expect(ran).toBe(false);
      expect(threadTokenId()).toBeNull();
      expect(privilegeStateOf(NOT_HELD, { token })).toBe('absent');
    },
  );

  test('one that the system does not know at all is missing too', () => {
    const name = 'SeDelegateSessionUserImpersonatePrivilege';
    expect(thrown(() => enablePrivileges([name]))).toMatchObject({ missing: [name] });
  });
});

describe('a synchronous scope does not cross an await', () => {
  test('a body that returns a promise is refused by the types, and at run time after the revert', async () => {
    let after: unknown;
    const body = async () => {
      await null;
      after = { token: threadTokenId(), enabled: checkPrivileges([HELD]) };
      throw new Error('rejected');
    };
    // @ts-expect-error a body that returns a promise
    expect(thrown(() => withPrivileges([HELD], body))).toMatchObject({ code: 'SCOPE_CROSSES_AWAIT' });
    expect(threadTokenId()).toBeNull();
    await sleep(0);
    expect(after).toEqual({ token: null, enabled: false });
  });

  test('a scope that is open at the next microtask is taken back at once, and its disposal throws', async () => {
    const seen: unknown[] = [];
    const run = async () => {
      using _scope = enablePrivileges([HELD]);
      seen.push(checkPrivileges([HELD]));
      await null;
      seen.push(checkPrivileges([HELD]), threadTokenId());
    };
    await expect(run()).rejects.toMatchObject({ code: 'SCOPE_CROSSES_AWAIT' });
    expect(seen).toEqual([true, false, null]);
  });

  test('nested scopes that cross an await are taken back from the inside out', async () => {
    const outer = enablePrivileges([HELD]);
    const inner = enablePrivileges([ALSO_HELD]);
    expect(thrown(() => outer[Symbol.dispose]())).toMatchObject({ code: 'SCOPE_OUT_OF_ORDER' });
    await sleep(0);
    expect([outer.open, inner.open, threadTokenId()]).toEqual([false, false, null]);
  });

  test('the token itself holds nothing any more, wherever a copy of its handle went', () => {
    let token: TokenHandle | null = null;
    withPrivileges([HELD], () => {
      token = TokenHandle.ofThread(native, 0xe);
    });
    native.advapi32.SetThreadToken(0 as never, token!.handle);
    expect(checkPrivileges([HELD])).toBe(false);
    native.advapi32.RevertToSelf();
    token![Symbol.dispose]();
  });
});

test('raising the level of a token is refused by the system', () => {
  native.advapi32.ImpersonateSelf(1);
  using token = TokenHandle.ofThread(native);
  native.advapi32.RevertToSelf();
  expect(thrown(() => duplicateToken(native, token!, 2, 0xe))).toMatchObject({
    hresult: hresultFromWin32(1346),
  });
});
