import { Capabilities } from '@wmisec/wbem';
import { afterEach, expect, test } from 'vitest';
import { withPrivilegedProxies, withPrivileges } from '../src/index.ts';
import { ModelProxy } from './model-proxy.ts';
import { HELD, NOT_HELD, native, privilegeBytes, threadTokenId } from './read-back.ts';

const processBefore = privilegeBytes('process');
const DYNAMIC = Capabilities.DynamicCloaking;

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
