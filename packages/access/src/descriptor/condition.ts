import type { Sid } from '../sid/sid.ts';

export type AttributeSource = 'local' | 'user' | 'device' | 'resource';

/**
 * A literal or an attribute of a conditional expression.
 * @see [MS-DTYP] 2.4.4.17.5, 2.4.4.17.8
 */
export type ConditionOperand =
  | {
      readonly kind: 'int';
      readonly value: bigint;
      /** Bytes: the token is int8, int16, int32 or int64. SDDL always makes int64. */
      readonly size: 1 | 2 | 4 | 8;
      readonly sign: 'plus' | 'minus' | 'none';
      readonly base: 8 | 10 | 16;
    }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'octets'; readonly value: Uint8Array }
  | { readonly kind: 'sid'; readonly value: Sid }
  | { readonly kind: 'composite'; readonly values: readonly ConditionOperand[] }
  | { readonly kind: 'attribute'; readonly source: AttributeSource; readonly name: string };

export type MembershipOperator =
  | 'Member_of'
  | 'Device_Member_of'
  | 'Member_of_Any'
  | 'Device_Member_of_Any'
  | 'Not_Member_of'
  | 'Not_Device_Member_of'
  | 'Not_Member_of_Any'
  | 'Not_Device_Member_of_Any';

export type RelationalOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'Contains'
  | 'Any_of'
  | 'Not_Contains'
  | 'Not_Any_of';

/**
 * A conditional expression as a tree.
 * @see [MS-DTYP] 2.4.4.17
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'exists' | 'notExists'; readonly operand: ConditionOperand }
  | { readonly kind: 'member'; readonly operator: MembershipOperator; readonly operand: ConditionOperand }
  | {
      readonly kind: 'relation';
      readonly operator: RelationalOperator;
      readonly left: ConditionOperand;
      readonly right: ConditionOperand;
    }
  /** An attribute or literal standing alone where a truth value is due. */
  | { readonly kind: 'operand'; readonly operand: ConditionOperand };
