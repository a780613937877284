import fc from 'fast-check';
import { type Ace, AceType } from '../descriptor/ace.ts';
import type { Claim } from '../descriptor/claim-attribute.ts';
import type { Condition, ConditionOperand } from '../descriptor/condition.ts';
import type { Acl, SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { NAMESPACE_MAPPING } from '../namespace/namespace-rights.ts';
import type { Sid } from '../sid/sid.ts';
import type { Token, TokenGroup } from '../token/token.ts';
import type { ObjectTypeEntry } from './object-tree.ts';
import type { CheckOptions } from './prepare-descriptor.ts';
import { AU, BA, EVERYONE, OW, PS, SY, USER } from './testing.ts';

/** Few SIDs, bits and names, so that random parts meet. */

const sid = fc.constantFrom<Sid>(EVERYONE, AU, BA, SY, OW, PS, USER);
const mask = fc.oneof(
  fc.integer({ min: 0, max: 0xf }),
  fc.constantFrom(0x20000, 0x40000, 0x80000, 0x60000, 0x10000000, 0x80000000, 0x01000001, 0x001f01ff),
);

const TYPES = [0, 1, 2, 3].map((digit) => `{00000000-0000-0000-0000-00000000000${digit}}` as const);

const TREE: readonly ObjectTypeEntry[] = [
  [0, TYPES[0]!],
  [1, TYPES[1]!],
  [2, TYPES[2]!],
];

const attribute: fc.Arbitrary<ConditionOperand> = fc.record({
  kind: fc.constant('attribute' as const),
  source: fc.constantFrom('user' as const, 'resource' as const),
  name: fc.constantFrom('a', 'A', 'b'),
});

const literal: fc.Arbitrary<ConditionOperand> = fc.oneof(
  fc.constantFrom(0n, 1n).map((value) => ({ kind: 'int', value, size: 8, sign: 'none', base: 10 }) as const),
  fc.constantFrom('x', 'X').map((value) => ({ kind: 'string', value }) as const),
  sid.map((value) => ({ kind: 'sid', value }) as const),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      kind: fc.constant('relation' as const),
      operator: fc.constantFrom(
        '==' as const,
        '!=' as const,
        '<' as const,
        'Contains' as const,
        'Any_of' as const,
      ),
      left: attribute,
      right: fc.oneof(literal, attribute),
    }),
    fc.record({
      kind: fc.constant('member' as const),
      operator: fc.constantFrom('Member_of' as const, 'Not_Member_of_Any' as const),
      operand: literal,
    }),
    fc.record({ kind: fc.constant('exists' as const), operand: attribute }),
    fc.record({ kind: fc.constant('operand' as const), operand: attribute }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('condition') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('condition'),
      right: tie('condition'),
    }),
  ),
})).condition;

const flags = fc.constantFrom(0, 0, 0, 0x2, 0x8, 0xa, 0x10);

const plainAce: fc.Arbitrary<Ace> = fc.record({
  type: fc.constantFrom(AceType.AccessAllowed, AceType.AccessDenied),
  flags,
  mask,
  sid,
});

const ace: fc.Arbitrary<Ace> = fc.oneof(
  { arbitrary: plainAce, weight: 3 },
  fc.record({
    type: fc.constantFrom(AceType.AccessAllowedObject, AceType.AccessDeniedObject),
    flags,
    mask,
    sid,
    objectType: fc.constantFrom(...TYPES),
  }),
  fc.record({
    type: fc.constantFrom(AceType.AccessAllowedCallback, AceType.AccessDeniedCallback),
    flags,
    mask,
    sid,
    condition,
  }),
);

const claim: fc.Arbitrary<Claim> = fc.oneof(
  fc.record({
    type: fc.constant('int' as const),
    values: fc.array(fc.constantFrom(0n, 1n), { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant('string' as const),
    values: fc.array(fc.constantFrom('x', 'X'), { maxLength: 2 }),
  }),
);

const saclAce: fc.Arbitrary<Ace> = fc.oneof(
  fc.record({
    type: fc.constant(AceType.SystemMandatoryLabel),
    flags,
    mask: fc.integer({ min: 0, max: 7 }),
    sid: fc.constantFrom<Sid>('S-1-16-4096', 'S-1-16-8192', 'S-1-16-12288'),
  }),
  claim.map(
    (values): Ace => ({
      type: AceType.SystemResourceAttribute,
      flags: 0,
      mask: 0,
      sid: EVERYONE,
      attribute: { ...values, name: 'a' },
    }),
  ),
);

const list = (aces: fc.Arbitrary<Ace[]>): fc.Arbitrary<Acl> =>
  aces.map((entries) => ({ kind: 'list', aces: entries }));

const dacl: fc.Arbitrary<Acl> = fc.oneof(
  { arbitrary: list(fc.array(ace, { maxLength: 8 })), weight: 9 },
  fc.constant<Acl>({ kind: 'null' }),
  fc.constant<Acl>({ kind: 'absent' }),
);

/** Descriptors that a check accepts. */
export const arbitraryDescriptor: fc.Arbitrary<SecurityDescriptor> = fc.record({
  owner: sid,
  group: sid,
  dacl,
  sacl: list(fc.array(saclAce, { maxLength: 2 })),
  control: fc.constant(0),
});

const group: fc.Arbitrary<Sid | TokenGroup> = fc.oneof(
  sid,
  fc.record({ sid, attributes: fc.constantFrom(0, 0x4, 0x7, 0x10) }),
);

export const arbitraryToken: fc.Arbitrary<Token> = fc.record(
  {
    user: group,
    groups: fc.array(group, { maxLength: 4 }),
    privileges: fc.subarray([
      'SeSecurityPrivilege' as const,
      'SeTakeOwnershipPrivilege' as const,
      'SeRelabelPrivilege' as const,
    ]),
    restricted: fc.array(group, { maxLength: 2 }),
    userClaims: fc.record({ a: claim }, { requiredKeys: [] }),
    integrity: fc.constantFrom(0x1000, 0x2000, 0x3000),
  },
  { requiredKeys: ['user'] },
);

/** Masks without generic rights. */
export const arbitraryDesired: fc.Arbitrary<number> = fc
  .array(fc.constantFrom(1, 2, 4, 8, 0x20000, 0x40000, 0x80000, 0x01000000, 0x02000000), { maxLength: 3 })
  .map((bits) => bits.reduce((all, bit) => all | bit, 0));

export const arbitraryOptions: fc.Arbitrary<CheckOptions> = fc.record(
  {
    mapping: fc.constant(NAMESPACE_MAPPING),
    tree: fc.constant(TREE),
    self: fc.constantFrom(USER, BA),
    implicitOwner: fc.boolean(),
  },
  { requiredKeys: [] },
);
