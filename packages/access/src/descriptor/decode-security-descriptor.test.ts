import { describe, expect, it } from 'vitest';
import type { Ace } from './ace.ts';
import { decodeSecurityDescriptor } from './decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from './encode-security-descriptor.ts';
import type { SecurityDescriptor } from './security-descriptor.ts';

const WORLD = [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
const ALLOW = [0, 0, 20, 0, 1, 0, 0, 0, ...WORLD];

/** A DACL at offset 20, right behind the header. */
function withDacl(dacl: readonly number[], control = 0x8004): Uint8Array {
  const header = [1, 0, control & 0xff, control >> 8, ...new Array(12).fill(0), 20, 0, 0, 0];
  return Uint8Array.from([...header, ...dacl]);
}

function acl(aces: readonly number[], { revision = 2, size = 8 + aces.length, count = 1 } = {}): number[] {
  return [revision, 0, size & 0xff, size >> 8, count, 0, 0, 0, ...aces];
}

function acesOf(bytes: Uint8Array): readonly Ace[] {
  const { dacl } = decodeSecurityDescriptor(bytes);
  return dacl.kind === 'list' ? dacl.aces : [];
}

describe('a DACL', () => {
  it('is absent, null, empty or a list', () => {
    const kindOf = (bytes: Uint8Array) => decodeSecurityDescriptor(bytes).dacl;
    const nowhere = withDacl([]);
    nowhere[16] = 0;
    expect(kindOf(nowhere)).toEqual({ kind: 'null' });
    expect(kindOf(withDacl(acl([]), 0x8000))).toEqual({ kind: 'absent' });
    expect(kindOf(withDacl(acl([], { count: 0 })))).toEqual({ kind: 'list', aces: [] });
    expect(kindOf(withDacl(acl(ALLOW)))).toEqual({
      kind: 'list',
      aces: [{ type: 0, flags: 0, mask: 1, sid: 'S-1-1-0' }],
    });
  });

  it.each([2, 3, 4])('may have revision %i', (revision) => {
    expect(acesOf(withDacl(acl(ALLOW, { revision })))).toHaveLength(1);
  });
});

describe('what is refused, with its offset', () => {
  const descriptor = (at: number, value: number) => {
    const bytes = withDacl(acl(ALLOW));
    bytes[at] = value;
    return bytes;
  };

  it.each<[string, Uint8Array, string, number]>([
    ['no bytes', new Uint8Array(0), 'ERROR_INVALID_SECURITY_DESCR', 0],
    ['19 bytes', withDacl([]).subarray(0, 19), 'ERROR_INVALID_SECURITY_DESCR', 0],
    ['revision 2', descriptor(0, 2), 'ERROR_INVALID_SECURITY_DESCR', 0],
    ['an absolute one', withDacl(acl(ALLOW), 0x0004), 'ERROR_INVALID_SECURITY_DESCR', 2],
    ['an owner in the header', descriptor(4, 16), 'ERROR_INVALID_SECURITY_DESCR', 4],
    ['a group behind the end', descriptor(8, 48), 'ERROR_INVALID_SECURITY_DESCR', 8],
    ['an owner of revision 2', descriptor(4, 20), 'ERROR_INVALID_SID', 20],
    ['a DACL cut off', withDacl([2, 0, 8, 0]), 'ERROR_INVALID_ACL', 20],
    ['ACL revision 1', withDacl(acl(ALLOW, { revision: 1 })), 'ERROR_INVALID_ACL', 20],
    ['ACL revision 5', withDacl(acl(ALLOW, { revision: 5 })), 'ERROR_INVALID_ACL', 20],
    ['an ACL larger than the rest', withDacl(acl(ALLOW, { size: 29 })), 'ERROR_INVALID_ACL', 22],
    ['an ACL of 7 bytes', withDacl(acl(ALLOW, { size: 7 })), 'ERROR_INVALID_ACL', 22],
    ['more ACEs than bytes', withDacl(acl(ALLOW, { count: 2 })), 'ERROR_INVALID_ACL', 48],
    ['an ACE of 12 bytes', descriptor(30, 12), 'ERROR_INVALID_ACL', 30],
    ['an ACE of 18 bytes', descriptor(30, 18), 'ERROR_INVALID_ACL', 30],
    ['an ACE larger than its ACL', descriptor(30, 24), 'ERROR_INVALID_ACL', 30],
    ['a SID larger than its ACE', descriptor(37, 2), 'ERROR_INVALID_SID', 36],
    ['a GUID larger than its ACE', objectAce(), 'ERROR_INVALID_ACL', 40],
  ])('%s', (_, bytes, code, offset) => {
    expect(() => decodeSecurityDescriptor(bytes)).toThrow(expect.objectContaining({ code, offset }));
  });

  function objectAce(): Uint8Array {
    return withDacl(acl([5, 0, 20, 0, 1, 0, 0, 0, 1, 0, 0, 0, ...new Array(8).fill(0)]));
  }
});

describe('nothing is lost of', () => {
  it.each([
    ['an ACE type that is not known', [0x40, 3, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['a compound ACE', [4, 0, 20, 0, 1, 0, 0, 0, ...WORLD]],
    ['bytes behind the SID', [0, 0, 24, 0, 1, 0, 0, 0, ...WORLD, 1, 2, 3, 4]],
    ['a callback whose data are no condition', [9, 0, 24, 0, 1, 0, 0, 0, ...WORLD, 1, 2, 3, 4]],
    [
      'a condition that breaks off',
      [9, 0, 28, 0, 1, 0, 0, 0, ...WORLD, 0x61, 0x72, 0x74, 0x78, 0xa0, 0, 0, 0],
    ],
    ['a condition of nothing', [9, 0, 24, 0, 1, 0, 0, 0, ...WORLD, 0x61, 0x72, 0x74, 0x78]],
    ['a resource attribute that breaks off', [0x12, 0, 24, 0, 0, 0, 0, 0, ...WORLD, 1, 2, 3, 4]],
  ])('%s', (_, ace) => {
    const bytes = withDacl(acl(ace));
    const read = decodeSecurityDescriptor(bytes);
    expect(acesOf(bytes)[0]).toHaveProperty('data');
    expect(Array.from(encodeSecurityDescriptor(read))).toEqual(Array.from(bytes));
  });

  it('the byte of the resource manager', () => {
    const bytes = withDacl(acl(ALLOW), 0xc004);
    bytes[1] = 7;
    expect(decodeSecurityDescriptor(bytes).resourceManagerControl).toBe(7);
    expect(encodeSecurityDescriptor(decodeSecurityDescriptor(bytes))).toEqual(bytes);
  });
});

describe('encodeSecurityDescriptor', () => {
  const plain: SecurityDescriptor = {
    owner: null,
    group: null,
    dacl: { kind: 'absent' },
    sacl: { kind: 'absent' },
    control: 0x0014,
  };

  it('takes the bits that repeat what the parts say from the parts', () => {
    expect(encodeSecurityDescriptor(plain)[2]).toBe(0);
    expect(encodeSecurityDescriptor({ ...plain, control: 0, sacl: { kind: 'null' } })[2]).toBe(0x10);
  });

  it('refuses an ACL of more than 65535 bytes', () => {
    const ace: Ace = { type: 0, flags: 0, mask: 1, sid: 'S-1-1-0' };
    const dacl = { kind: 'list', aces: new Array<Ace>(4000).fill(ace) } as const;
    expect(() => encodeSecurityDescriptor({ ...plain, dacl })).toThrow(
      expect.objectContaining({ code: 'ERROR_INVALID_ACL' }),
    );
  });
});
