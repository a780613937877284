import { expect, test } from 'vitest';
import { type Ace, AceType } from '../descriptor/ace.ts';
import { ABSENT_ACL, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { inheritedAces, namespaceDescriptorInForce } from './inherited-aces.ts';

const ADMINISTRATORS = 'S-1-5-32-544';
const USERS = 'S-1-5-11';

const allow = (flags: number, mask = 0x1, sid: Ace['sid'] = USERS): Ace => ({
  type: AceType.AccessAllowed,
  flags,
  mask,
  sid,
});

function descriptor(aces: readonly Ace[], control = 0): SecurityDescriptor {
  return {
    owner: ADMINISTRATORS,
    group: ADMINISTRATORS,
    dacl: { kind: 'list', aces },
    sacl: ABSENT_ACL,
    control,
  };
}

const flagsOf = (aces: readonly Ace[]): number[] => aces.map((ace) => ace.flags);

test('AC-9.6 an entry with no-propagate reaches the child and not the grandchild', () => {
  const parent = descriptor([allow(0x6)]);
  const child = namespaceDescriptorInForce(descriptor([]), parent);
  expect(child.dacl).toEqual({ kind: 'list', aces: [allow(0x10)] });
  expect(inheritedAces(child)).toEqual([]);
});

test('AC-9.16 own entries come first, then the inherited ones in the order of the parent', () => {
  const deny: Ace = { type: AceType.AccessDenied, flags: 0x2, mask: 0x2, sid: USERS };
  const child = namespaceDescriptorInForce(descriptor([allow(0)]), descriptor([deny, allow(0x2)]));
  expect(child.dacl).toEqual({ kind: 'list', aces: [allow(0), { ...deny, flags: 0x12 }, allow(0x12)] });
});

test('AC-9.19 entries of the parent are reported as container-inherit and inherited', () => {
  expect(flagsOf(inheritedAces(descriptor([allow(0x2), allow(0x2)])))).toEqual([0x12, 0x12]);
});

test('rules 9.4: inherit-only ends at the child, and entries for this namespace only stay', () => {
  expect(flagsOf(inheritedAces(descriptor([allow(0xa), allow(0), allow(0x1)])))).toEqual([0x12]);
});

test('K3: a protected parent passes nothing on', () => {
  expect(inheritedAces(descriptor([allow(0x2)], Control.DaclProtected))).toEqual([]);
});

test('AC-9.7 inherited entries in what is sent neither double nor become its own', () => {
  const parent = descriptor([allow(0x2)]);
  const once = namespaceDescriptorInForce(descriptor([allow(0)]), parent);
  expect(namespaceDescriptorInForce(once, parent)).toEqual(once);
});
