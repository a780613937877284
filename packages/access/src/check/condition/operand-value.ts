import { type Claim, ClaimFlags } from '../../descriptor/claim-attribute.ts';
import type { ConditionOperand } from '../../descriptor/condition.ts';
import type { Sid } from '../../sid/sid.ts';
import type { ConditionContext } from './condition-context.ts';

/** One value of a literal or of an attribute. Signed and unsigned integers are one type. */
export type Scalar =
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'sid'; readonly value: Sid }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'octets'; readonly value: Uint8Array };

/** What an operand stands for. */
export interface OperandValue {
  readonly values: readonly Scalar[];
  /** True for a composite literal, and for an attribute with more or less than one value. */
  readonly multiple: boolean;
  readonly attribute: boolean;
  readonly caseSensitive: boolean;
}

/**
 * The value of an operand: `null` for an attribute that is not there, is disabled, or has no values.
 * @param deny attributes that are for deny only count in entries that deny.
 * @see [MS-DTYP] 2.4.4.17.6, 2.4.10.1
 */
export function operandValue(
  operand: ConditionOperand,
  context: ConditionContext,
  deny: boolean,
): OperandValue | null {
  if (operand.kind !== 'attribute') return literalValue(operand);
  const claim = context.attributes[operand.source].get(operand.name.toLowerCase());
  if (claim === undefined || claim.values.length === 0) return null;
  const flags = claim.flags ?? 0;
  if ((flags & ClaimFlags.Disabled) !== 0) return null;
  if ((flags & ClaimFlags.UseForDenyOnly) !== 0 && !deny) return null;
  return {
    values: claimValues(claim),
    multiple: claim.values.length !== 1,
    attribute: true,
    caseSensitive: (flags & ClaimFlags.CaseSensitive) !== 0,
  };
}

function literalValue(operand: ConditionOperand): OperandValue {
  const multiple = operand.kind === 'composite';
  const values = multiple ? operand.values.flatMap(scalars) : scalars(operand);
  return { values, multiple, attribute: false, caseSensitive: false };
}

function scalars(operand: ConditionOperand): Scalar[] {
  switch (operand.kind) {
    case 'int':
      return [{ type: 'int', value: signedValue(operand.value, operand.sign) }];
    case 'string':
      return [{ type: 'string', value: operand.value }];
    case 'sid':
      return [{ type: 'sid', value: operand.value }];
    case 'octets':
      return [{ type: 'octets', value: operand.value }];
    default:
      return [];
  }
}

/** The sign of a literal overrides the sign of its bits, and none means positive. @see [MS-DTYP] 2.4.4.17.5 */
function signedValue(value: bigint, sign: 'plus' | 'minus' | 'none'): bigint {
  if (sign === 'minus') return value > 0n ? -value : value;
  return value < 0n ? BigInt.asUintN(64, value) : value;
}

function claimValues(claim: Claim): Scalar[] {
  const type = claim.type === 'uint' ? 'int' : claim.type;
  return claim.values.map((value) => ({ type, value }) as Scalar);
}
