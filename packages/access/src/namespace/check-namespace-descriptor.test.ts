import { expect, test } from 'vitest';
import type { Ace } from '../descriptor/ace.ts';
import {
  ABSENT_ACL,
  type Acl,
  NULL_ACL,
  type SecurityDescriptor,
} from '../descriptor/security-descriptor.ts';
import { checkNamespaceDescriptor } from './check-namespace-descriptor.ts';

const ADMINISTRATORS = 'S-1-5-32-544';

function withDacl(dacl: Acl): SecurityDescriptor {
  return { owner: ADMINISTRATORS, group: ADMINISTRATORS, dacl, sacl: ABSENT_ACL, control: 0 };
}

function withAce(ace: Partial<Ace>): SecurityDescriptor {
  return withDacl({ kind: 'list', aces: [{ type: 0, flags: 0, mask: 0x1, sid: ADMINISTRATORS, ...ace }] });
}

function expectRefused(descriptor: SecurityDescriptor, rule: string): void {
  expect(() => checkNamespaceDescriptor(descriptor)).toThrow(
    expect.objectContaining({
      code: 'WBEM_E_INVALID_PARAMETER',
      hresult: 0x80041008,
      message: expect.stringContaining(rule),
    }),
  );
}

test('AC-9.3 full write needs partial write and provider write', () => {
  expectRefused(withAce({ mask: 0x5 }), 'WBEM_FULL_WRITE_REP without');
  expectRefused(withAce({ mask: 0xd }), 'WBEM_FULL_WRITE_REP without');
  expect(() => checkNamespaceDescriptor(withAce({ mask: 0x1d }))).not.toThrow();
});

test('AC-9.4 inherit-only needs container-inherit', () => {
  expectRefused(withAce({ flags: 0x8 }), 'inherit-only');
  expect(() => checkNamespaceDescriptor(withAce({ flags: 0xa }))).not.toThrow();
});

test('AC-9.5 unknown rights, other types and a missing DACL are refused', () => {
  expectRefused(withAce({ mask: 0x100 }), '0x100');
  expectRefused(withAce({ type: 5 }), 'type 5');
  expectRefused(withDacl(ABSENT_ACL), 'DACL is required');
  expectRefused(withDacl(NULL_ACL), 'DACL is required');
});

test.each([0x80000000, 0x10000000, 0x02000000, 0x40, 0x80])(
  'AC-9.18 the bit %i is no right of a namespace',
  (mask) => {
    expectRefused(withAce({ mask }), 'no right of a namespace');
  },
);

test('rules 9.3: unknown flags, and a missing owner or group, are refused', () => {
  expectRefused(withAce({ flags: 0x40 }), 'flags 0x40');
  expectRefused({ ...withAce({}), owner: null }, 'owner');
  expectRefused({ ...withAce({}), group: null }, 'group');
});

test('rules 9.3: an inherited entry is not judged, and an empty DACL is legal', () => {
  expect(() => checkNamespaceDescriptor(withAce({ flags: 0x10, mask: 0x5 }))).not.toThrow();
  expect(() => checkNamespaceDescriptor(withDacl({ kind: 'list', aces: [] }))).not.toThrow();
});
