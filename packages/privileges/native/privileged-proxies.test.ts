import { type Blanket, type BlanketRequest, Capabilities, type SecurableProxy } from '@wmisec/wbem';
import { afterEach, expect, test } from 'vitest';
import { checkPrivileges, withPrivilegedProxies, withPrivileges } from '../src/index.ts';
import { HELD, NOT_HELD, native, privilegeBytes, threadTokenId } from './read-back.ts';

const processBefore = privilegeBytes('process');
const STATIC = Capabilities.StaticCloaking;
const DYNAMIC = Capabilities.DynamicCloaking;

/**
 * A proxy that takes identities as rules 6.2 says COM does: with static cloaking the thread's token when the
 * blanket is set, with dynamic cloaking that of the call, else the process's. It asks the system each time.
 */
class ModelProxy implements SecurableProxy {
  readonly proxyKind = 'services';
  blanket: Blanket = {
    authnService: 10,
    authzService: 0,
    principal: null,
    authnLevel: 6,
    impLevel: 3,
    capabilities: 0,
  };
  #fixed = false;

  setBlanket({ capabilities = 0 }: BlanketRequest): void {
    this.blanket = { ...this.blanket, capabilities };
    this.#fixed = (capabilities & STATIC) !== 0 && checkPrivileges([HELD]);
  }

  queryBlanket(): Blanket {
    return this.blanket;
  }

  /** Whether the server sees the privilege enabled. */
  call(): boolean {
    if ((this.blanket.capabilities & STATIC) !== 0) return this.#fixed;
    const token = (this.blanket.capabilities & DYNAMIC) !== 0 ? 'thread' : 'process';
    return checkPrivileges([HELD], { token });
  }
}

afterEach(() => {
  expect([threadTokenId(), privilegeBytes('process')]).toEqual([null, processBefore]);
});

test('AC-7.4 without cloaking the server sees the process token, with dynamic cloaking the thread token', () => {
  const proxy = new ModelProxy();
  expect(withPrivileges([HELD], () => proxy.call())).toBe(false);
  proxy.setBlanket({ capabilities: DYNAMIC });
  expect(withPrivileges([HELD], () => proxy.call())).toBe(true);
});

test('rules 6.2: a proxy keeps the privileges through awaits while the thread has none', async () => {
  const proxy = new ModelProxy();
  const later = new ModelProxy();
  const running = withPrivilegedProxies([HELD], [proxy], async (cloak) => {
    const seen = [threadTokenId(), proxy.call()];
    await new Promise((done) => setTimeout(done, 5));
    cloak(later);
    return [...seen, threadTokenId(), proxy.call(), later.call()];
  });
  expect(threadTokenId()).toBeNull();
  expect(await running).toEqual([null, true, null, true, true]);
  expect([proxy.blanket.capabilities, proxy.call(), later.call()]).toEqual([0, false, false]);
});

test('a body that rejects leaves nothing behind', async () => {
  const proxy = new ModelProxy();
  const failing = withPrivilegedProxies([HELD], [proxy], async () => {
    await null;
    throw new Error('body');
  });
  await expect(failing).rejects.toThrow('body');
  expect(proxy.call()).toBe(false);
});

test('a privilege that is not held leaves the proxies as they were', async () => {
  const proxy = new ModelProxy();
  await expect(withPrivilegedProxies([NOT_HELD], [proxy], () => 1)).rejects.toMatchObject({
    missing: [NOT_HELD],
  });
  expect(proxy.blanket.capabilities).toBe(0);
});

test('a proxy that does not take the cloaking ends the operation before it begins', async () => {
  class Deaf extends ModelProxy {
    override setBlanket(): void {}
  }
  let ran = false;
  const running = withPrivilegedProxies([HELD], [new Deaf()], () => {
    ran = true;
  });
  await expect(running).rejects.toMatchObject({ code: 'BLANKET_TOO_WEAK' });
  expect(ran).toBe(false);
});

test('cloaking after the end is refused', async () => {
  let late: ((proxy: ModelProxy) => void) | undefined;
  await withPrivilegedProxies([HELD], [], (cloak) => {
    late = cloak;
  });
  expect(() => late!(new ModelProxy())).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
});

test('an impersonating thread has its token back before the body runs', async () => {
  native.advapi32.ImpersonateSelf(2);
  const before = threadTokenId();
  const seen = await withPrivilegedProxies([HELD], [new ModelProxy()], () => threadTokenId());
  const after = threadTokenId();
  native.advapi32.RevertToSelf();
  expect([seen, after]).toEqual([before, before]);
});
