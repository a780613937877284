import fc from 'fast-check';
import type { ClaimAttribute, ClaimValues } from '../src/descriptor/claim-attribute.ts';
import type { Condition, ConditionOperand } from '../src/descriptor/condition.ts';
import type { Sid } from '../src/sid/sid.ts';

/** A condition and the facts that it is evaluated with. */
export interface ConditionCase {
  readonly condition: Condition;
  readonly sids: readonly Sid[];
  readonly deviceSids: readonly Sid[];
  readonly userClaims: readonly ClaimAttribute[];
  readonly resource: readonly ClaimAttribute[];
}

type ValueType = ClaimValues['type'];

const BYTES = [Uint8Array.of(1), Uint8Array.of(1, 2), Uint8Array.of(2)];
const SIDS: readonly Sid[] = ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-544'];
const sid = fc.constantFrom(...SIDS);

const VALUES: Readonly<Record<ValueType, fc.Arbitrary<unknown>>> = {
  int: fc.constantFrom(-1n, 0n, 1n, 2n, 5n),
  uint: fc.constantFrom(0n, 1n, 2n, 5n),
  string: fc.constantFrom('x', 'X', 'y', 'xy'),
  bool: fc.boolean(),
  sid,
  octets: fc.constantFrom(...BYTES),
};

/**
 * Each attribute has one type, so that operands can be made to fit. Not made, because Samba 4.22 differs from
 * what [MS-DTYP] 2.4.4.17.6 and 2.4.4.17.7 say: attributes that are absent (Samba: the whole is unknown, even
 * `TRUE || UNKNOWN`), Exists and attributes alone (always unknown), Boolean attributes with an order, disabled
 * and deny-only claims (taken for enabled), sets of mixed types, and SIDs in
 * claims (read as text).
 */
const ATTRIBUTES: Readonly<Record<string, ValueType>> = {
  i: 'int',
  u: 'uint',
  s: 'string',
  b: 'bool',
  o: 'octets',
};

function claim(name: string): fc.Arbitrary<ClaimAttribute> {
  const type = ATTRIBUTES[name]!;
  const selector = (value: unknown) => (type === 'string' ? String(value).toLowerCase() : String(value));
  return fc.record({
    name: fc.constant(name),
    type: fc.constant(type),
    flags: fc.constantFrom(0, 0x2),
    values: fc.uniqueArray(VALUES[type], { minLength: 1, maxLength: type === 'bool' ? 1 : 3, selector }),
  }) as fc.Arbitrary<ClaimAttribute>;
}

const claims = fc.tuple(...Object.keys(ATTRIBUTES).map(claim));

const attribute = (name: string): fc.Arbitrary<ConditionOperand> =>
  fc
    .constantFrom('user' as const, 'resource' as const)
    .map((source) => ({ kind: 'attribute', source, name }));

function literal(type: ValueType): fc.Arbitrary<ConditionOperand> {
  if (type === 'string' || type === 'sid' || type === 'octets')
    return VALUES[type].map((value) => ({ kind: type, value }) as ConditionOperand);
  return VALUES.int.map((value) => {
    const sign = (value as bigint) < 0n ? 'minus' : 'none';
    return { kind: 'int', value: value as bigint, size: 8, sign, base: 10 };
  });
}

const composite = (of: fc.Arbitrary<ConditionOperand>, minLength: number): fc.Arbitrary<ConditionOperand> =>
  fc.array(of, { minLength, maxLength: 3 }).map((values) => ({ kind: 'composite', values }));

const relation: fc.Arbitrary<Condition> = fc.constantFrom(...Object.keys(ATTRIBUTES)).chain((name) => {
  const type = ATTRIBUTES[name]!;
  const equality = ['==', '!=', 'Contains', 'Any_of', 'Not_Contains', 'Not_Any_of'] as const;
  const order = ['<', '<=', '>', '>='] as const;
  return fc.record({
    kind: fc.constant('relation' as const),
    operator: type === 'bool' ? fc.constantFrom(...equality) : fc.constantFrom(...equality, ...order),
    left: attribute(name),
    right: fc.oneof(literal(type), attribute(name), composite(literal(type), 1)),
  });
});

const MEMBERSHIPS = [
  'Member_of',
  'Device_Member_of',
  'Member_of_Any',
  'Device_Member_of_Any',
  'Not_Member_of',
  'Not_Device_Member_of',
  'Not_Member_of_Any',
  'Not_Device_Member_of_Any',
] as const;

const membership: fc.Arbitrary<Condition> = fc.record({
  kind: fc.constant('member' as const),
  operator: fc.constantFrom(...MEMBERSHIPS),
  operand: composite(literal('sid'), 0),
});

/** Of different types: an error that makes the whole unknown. */
const mismatch: fc.Arbitrary<Condition> = fc.record({
  kind: fc.constant('relation' as const),
  operator: fc.constantFrom('==' as const, '!=' as const),
  left: attribute('i'),
  right: literal('string'),
});

const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: relation, weight: 6 },
    { arbitrary: membership, weight: 2 },
    { arbitrary: mismatch, weight: 1 },
    { arbitrary: fc.record({ kind: fc.constant('not' as const), operand: tie('condition') }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        left: tie('condition'),
        right: tie('condition'),
      }),
      weight: 3,
    },
  ),
})).condition;

const conditionCase: fc.Arbitrary<ConditionCase> = fc.record({
  condition,
  sids: fc.subarray([...SIDS], { minLength: 1 }),
  deviceSids: fc.subarray([...SIDS]),
  userClaims: claims,
  resource: claims,
});

/** The same seed gives the same cases. */
export function conditionCases(seed: number, count: number): ConditionCase[] {
  return fc.sample(conditionCase, { seed, numRuns: count });
}
