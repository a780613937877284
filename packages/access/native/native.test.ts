import { AccessRight, checkAccess, GroupAttributes, parseSddl } from '@wmisec/access';
import { accountOfSid, nativeAccessCheck, readToken, sidOfAccount, TokenHandle } from '@wmisec/access/native';
import { openNative } from '@wmisec/com-core';
import { expect, test } from 'vitest';

const native = openNative();
const MAPPING = { read: 0x1, write: 0x1c, execute: 0x2, all: 0x6003f };

test("this process's token reads as plain data", () => {
  using handle = TokenHandle.ofProcess(native);
  const token = readToken(native, handle);
  expect(token.user).toMatch(/^S-1-5-21-/);
  expect(token.groups).toContainEqual(expect.objectContaining({ sid: 'S-1-1-0' }));
  expect(token.privileges).toContainEqual({ name: 'SeChangeNotifyPrivilege', enabled: true });
  expect(token.integrity).toBeGreaterThanOrEqual(0x2000);
});

test('a thread that impersonates nobody has no token; one that impersonates itself has', () => {
  expect(TokenHandle.ofThread(native)).toBeNull();
  native.advapi32.ImpersonateSelf(2);
  try {
    using handle = TokenHandle.ofThread(native);
    using process = TokenHandle.ofProcess(native);
    expect(readToken(native, handle!).user).toBe(readToken(native, process).user);
  } finally {
    native.advapi32.RevertToSelf();
  }
  expect(TokenHandle.ofThread(native)).toBeNull();
});

test('names and SIDs are looked up both ways; what nobody bears is null', () => {
  const everyone = accountOfSid(native, 'S-1-1-0');
  expect(everyone).not.toBeNull();
  expect(sidOfAccount(native, everyone!.name)).toBe('S-1-1-0');
  expect(accountOfSid(native, 'S-1-5-21-1-2-3-4')).toBeNull();
  expect(sidOfAccount(native, 'no-such-account-anywhere')).toBeNull();
});

const OTHER = 'S-1-5-21-9-9-9-1000';
const ADMINISTRATORS = 'S-1-5-32-544';

/**
 * Left out because Wine is known to differ from the documents there: MAXIMUM_ALLOWED (grants bits that no entry
 * names), object ACEs (SDDL refused with 1705), mandatory labels (ignored), conditional ACEs (not evaluated),
 * restricted tokens (CreateRestrictedToken keeps everything).
 */
const DESCRIPTORS = [
  `O:${OTHER}G:${OTHER}D:`,
  `O:${OTHER}G:${OTHER}D:(A;;CCDC;;;WD)`,
  `O:${OTHER}G:${OTHER}D:(A;;CC;;;WD)(A;;DC;;;BA)`,
  `O:${OTHER}G:${OTHER}D:(D;;DC;;;WD)(A;;CCDC;;;BA)`,
  `O:${OTHER}G:${OTHER}D:(A;;CCDC;;;BA)(D;;DC;;;WD)`,
  `O:${OTHER}G:${OTHER}D:(A;IO;CC;;;WD)`,
  `O:${OTHER}G:${OTHER}D:(A;CI;CC;;;WD)`,
  `O:${OTHER}G:${OTHER}D:(A;;GR;;;WD)`,
  `O:${OTHER}G:${OTHER}D:(A;;CC;;;${OTHER})`,
  `O:${OTHER}G:${OTHER}`,
  `O:${ADMINISTRATORS}G:${ADMINISTRATORS}D:(D;;RCWDCC;;;BA)`,
  'O:BAG:BAD:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCRP;;;NS)(A;CI;CCDCRP;;;LS)(A;CI;CCDCRP;;;AU)',
];
const DESIRED = [0x1, 0x2, 0x3, 0x10, 0x20, AccessRight.ReadControl, AccessRight.WriteDac, 0x6003f];

test.each(DESCRIPTORS)('the portable check decides as the system does, tested under Wine: %s', (sddl) => {
  const descriptor = parseSddl(sddl);
  using handle = TokenHandle.ofProcess(native);
  using checking = handle.forChecking();
  const token = readToken(native, handle);
  for (const desired of DESIRED) {
    const portable = checkAccess(descriptor, token, desired, { mapping: MAPPING });
    const system = nativeAccessCheck(native, descriptor, checking, desired, MAPPING);
    expect({ desired, granted: portable.granted, mask: portable.mask }).toEqual({ desired, ...system });
  }
});

test('rules 4.4: the system refuses a primary token, a generic bit and a descriptor without an owner', () => {
  using handle = TokenHandle.ofProcess(native);
  using checking = handle.forChecking();
  const descriptor = parseSddl('O:BAG:BAD:(A;;CC;;;WD)');
  const code = (call: () => unknown) => {
    try {
      return call();
    } catch (error) {
      return (error as { hresult: number }).hresult & 0xffff;
    }
  };
  expect(code(() => nativeAccessCheck(native, descriptor, handle, 1, MAPPING))).toBe(1309);
  expect(code(() => nativeAccessCheck(native, descriptor, checking, AccessRight.GenericRead, MAPPING))).toBe(
    1360,
  );
  expect(
    code(() => nativeAccessCheck(native, { ...descriptor, owner: null, group: null }, checking, 1, MAPPING)),
  ).toBe(1338);
});

test('group attributes are those of winnt.h: everyone is enabled', () => {
  using handle = TokenHandle.ofProcess(native);
  const everyone = readToken(native, handle).groups!.find(
    (group) => typeof group !== 'string' && group.sid === 'S-1-1-0',
  );
  expect((everyone as { attributes: number }).attributes & GroupAttributes.Enabled).not.toBe(0);
});
