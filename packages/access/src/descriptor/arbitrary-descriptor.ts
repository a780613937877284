import { parseGuid } from '@wmisec/wbem';
import fc from 'fast-check';
import { sidOf } from '../sid/authority-text.ts';
import type { Sid } from '../sid/sid.ts';
import { WellKnownSid } from '../sid/well-known-sid.ts';
import { type Ace, AceType } from './ace.ts';
import { aceForm } from './ace-form.ts';
import type { ClaimAttribute } from './claim-attribute.ts';
import type {
  AttributeSource,
  Condition,
  ConditionOperand,
  MembershipOperator,
  RelationalOperator,
} from './condition.ts';
import { MEMBERSHIP_TOKENS, RELATION_TOKENS } from './condition-tokens.ts';
import { type Acl, Control, type SecurityDescriptor } from './security-descriptor.ts';

/** Descriptors that SDDL has words for, in the form in which they are read: parse and decode give them back. */

const uint32 = fc.integer({ min: 0, max: 0xffffffff });

export const arbitrarySid: fc.Arbitrary<Sid> = fc.oneof(
  fc.constantFrom(...Object.values(WellKnownSid)),
  fc.array(uint32, { minLength: 4, maxLength: 4 }).map((parts) => sidOf(5, [21, ...parts])),
  fc
    .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.array(uint32, { minLength: 1, maxLength: 15 }))
    .map(([authority, parts]) => sidOf(authority, parts)),
);

const guid = fc.uuid().map(parseGuid);
const octets = fc.uint8Array({ maxLength: 9 });
const text = fc.string({ maxLength: 9 }).map((value) => value.replace(/["\0]/g, '_'));
const name = fc.string({ minLength: 1, maxLength: 9 }).map((value) => value.replaceAll('\0', '_'));
const localName = fc.stringMatching(/^[a-z0-9:./_][a-z0-9:./_@]{0,8}$/).map((value) => `q${value}`);

const int = fc
  .record({ magnitude: fc.bigInt(0n, 2n ** 63n - 1n), sign: fc.constantFrom('plus', 'minus', 'none') })
  .chain(({ magnitude, sign }) =>
    fc.constantFrom(8, 10, 16).map(
      (base): ConditionOperand => ({
        kind: 'int',
        value: sign === 'minus' ? -magnitude : magnitude,
        size: 8,
        sign: sign as 'plus' | 'minus' | 'none',
        // A zero is written 0, which is decimal, unless it is hex.
        base: (base === 8 && magnitude === 0n ? 10 : base) as 8 | 10 | 16,
      }),
    ),
  );

const literal: fc.Arbitrary<ConditionOperand> = fc.oneof(
  int,
  text.map((value): ConditionOperand => ({ kind: 'string', value })),
  octets.map((value): ConditionOperand => ({ kind: 'octets', value })),
  arbitrarySid.map((value): ConditionOperand => ({ kind: 'sid', value })),
);

const prefixedAttribute = fc
  .tuple(fc.constantFrom<AttributeSource>('user', 'device', 'resource'), name)
  .map(([source, each]): ConditionOperand => ({ kind: 'attribute', source, name: each }));

const attribute = fc.oneof(
  prefixedAttribute,
  localName.map((each): ConditionOperand => ({ kind: 'attribute', source: 'local', name: each })),
);

const composite = fc
  .array(literal, { maxLength: 4 })
  .map((values): ConditionOperand => ({ kind: 'composite', values }));

const right = fc.oneof(literal, composite, prefixedAttribute);

const term: fc.Arbitrary<Condition> = fc.oneof(
  attribute.map((operand): Condition => ({ kind: 'operand', operand })),
  fc
    .tuple(fc.constantFrom('exists', 'notExists'), attribute)
    .map(([kind, operand]): Condition => ({ kind: kind as 'exists' | 'notExists', operand })),
  fc
    .tuple(fc.constantFrom(...(Object.keys(MEMBERSHIP_TOKENS) as MembershipOperator[])), right)
    .map(([operator, operand]): Condition => ({ kind: 'member', operator, operand })),
  fc
    .tuple(attribute, fc.constantFrom(...(Object.keys(RELATION_TOKENS) as RelationalOperator[])), right)
    .map(([left, operator, each]): Condition => ({ kind: 'relation', operator, left, right: each })),
);

const arbitraryCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    term,
    fc
      .tuple(fc.constantFrom('and', 'or'), tie('condition'), tie('condition'))
      .map(([kind, left, each]): Condition => ({ kind: kind as 'and' | 'or', left, right: each })),
    tie('condition').map((operand): Condition => ({ kind: 'not', operand })),
  ),
})).condition;

const int64 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);

const arbitraryClaim: fc.Arbitrary<ClaimAttribute> = fc
  .record({ name: name.map((each) => each.replaceAll('"', '_')), flags: uint32 })
  .chain((head) =>
    fc.oneof(
      fc.array(int64, { maxLength: 3 }).map((values) => ({ ...head, type: 'int' as const, values })),
      fc
        .array(fc.bigInt(0n, 2n ** 64n - 1n), { maxLength: 3 })
        .map((values) => ({ ...head, type: 'uint' as const, values })),
      fc.array(text, { maxLength: 3 }).map((values) => ({ ...head, type: 'string' as const, values })),
      fc.array(arbitrarySid, { maxLength: 3 }).map((values) => ({ ...head, type: 'sid' as const, values })),
      fc.array(fc.boolean(), { maxLength: 3 }).map((values) => ({ ...head, type: 'bool' as const, values })),
      fc.array(octets, { maxLength: 3 }).map((values) => ({ ...head, type: 'octets' as const, values })),
    ),
  );

const WORDED_ACCESS = [
  AceType.AccessAllowed,
  AceType.AccessDenied,
  AceType.AccessAllowedObject,
  AceType.AccessDeniedObject,
  AceType.AccessAllowedCallback,
  AceType.AccessDeniedCallback,
  AceType.AccessAllowedCallbackObject,
];
const WORDED_SYSTEM = [
  AceType.SystemAudit,
  AceType.SystemAlarm,
  AceType.SystemAuditObject,
  AceType.SystemAlarmObject,
  AceType.SystemAuditCallback,
  AceType.SystemMandatoryLabel,
  AceType.SystemResourceAttribute,
  AceType.SystemScopedPolicyId,
  AceType.SystemProcessTrustLabel,
  AceType.SystemAccessFilter,
];

function arbitraryAce(types: readonly AceType[]): fc.Arbitrary<Ace> {
  const head = fc.record({
    type: fc.constantFrom(...types),
    flags: fc.integer({ min: 0, max: 255 }),
    mask: fc.oneof(uint32, fc.constantFrom(0, 0x1f01ff, 0x120089, 0x20019, 0x6003f)),
    sid: arbitrarySid,
  });
  return head.chain((ace) => {
    switch (aceForm(ace.type)) {
      case 'object':
        return guids
          .filter((each) => ace.type !== AceType.AccessAllowedObject || hasGuid(each))
          .map(onto(ace));
      case 'callback':
        return arbitraryCondition.map((condition) => ({ ...ace, condition }));
      case 'callbackObject':
        return fc
          .tuple(guids, arbitraryCondition)
          .map(([each, condition]) => ({ ...ace, ...each, condition }));
      case 'attribute':
        return arbitraryClaim.map((each) => ({ ...ace, attribute: each }));
      default:
        return fc.constant(ace);
    }
  });
}

const guids = fc.record({ objectType: guid, inheritedObjectType: guid }, { requiredKeys: [] });

function hasGuid(each: { objectType?: unknown; inheritedObjectType?: unknown }): boolean {
  return each.objectType !== undefined || each.inheritedObjectType !== undefined;
}

function onto(ace: Ace): (more: Partial<Ace>) => Ace {
  return (more) => ({ ...ace, ...more });
}

function arbitraryAcl(types: readonly AceType[]): fc.Arbitrary<Acl> {
  return fc.oneof(
    fc.constant<Acl>({ kind: 'absent' }),
    fc.constant<Acl>({ kind: 'null' }),
    fc.array(arbitraryAce(types), { maxLength: 5 }).map((aces): Acl => ({ kind: 'list', aces })),
  );
}

const CONTROLS = [
  Control.DaclProtected,
  Control.DaclAutoInherited,
  Control.DaclAutoInheritReq,
  Control.SaclProtected,
  Control.SaclAutoInherited,
  Control.SaclAutoInheritReq,
];

export const arbitraryDescriptor: fc.Arbitrary<SecurityDescriptor> = fc
  .record({
    owner: fc.option(arbitrarySid),
    group: fc.option(arbitrarySid),
    dacl: arbitraryAcl(WORDED_ACCESS),
    sacl: arbitraryAcl(WORDED_SYSTEM),
    bits: fc.subarray(CONTROLS),
  })
  .map(({ bits, ...parts }) => ({ ...parts, control: controlOf(parts, bits) }));

/** Flags of an ACL that is not there cannot be written in SDDL. */
function controlOf({ dacl, sacl }: { dacl: Acl; sacl: Acl }, bits: readonly number[]): number {
  let control: number = Control.SelfRelative;
  for (const [i, bit] of CONTROLS.entries()) {
    const acl = i < 3 ? dacl : sacl;
    if (acl.kind !== 'absent' && bits.includes(bit)) control |= bit;
  }
  if (dacl.kind !== 'absent') control |= Control.DaclPresent;
  if (sacl.kind !== 'absent') control |= Control.SaclPresent;
  return control;
}
