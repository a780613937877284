import type { AttributeSource, MembershipOperator, RelationalOperator } from './condition.ts';

/** What application data of a conditional ACE begins with: `artx`. @see [MS-DTYP] 2.4.4.17 */
export const CONDITION_SIGNATURE = [0x61, 0x72, 0x74, 0x78] as const;

/** Literal tokens. @see [MS-DTYP] 2.4.4.17.5 */
export const Literal = {
  Padding: 0x00,
  Int8: 0x01,
  Int16: 0x02,
  Int32: 0x03,
  Int64: 0x04,
  String: 0x10,
  Octets: 0x18,
  Composite: 0x50,
  Sid: 0x51,
} as const;

/** @see [MS-DTYP] 2.4.4.17.7 */
export const LogicalToken = { Exists: 0x87, NotExists: 0x8d, And: 0xa0, Or: 0xa1, Not: 0xa2 } as const;

/** @see [MS-DTYP] 2.4.4.17.6 */
export const RELATION_TOKENS: Readonly<Record<RelationalOperator, number>> = {
  '==': 0x80,
  '!=': 0x81,
  '<': 0x82,
  '<=': 0x83,
  '>': 0x84,
  '>=': 0x85,
  Contains: 0x86,
  Any_of: 0x88,
  Not_Contains: 0x8e,
  Not_Any_of: 0x8f,
};

/** @see [MS-DTYP] 2.4.4.17.6 */
export const MEMBERSHIP_TOKENS: Readonly<Record<MembershipOperator, number>> = {
  Member_of: 0x89,
  Device_Member_of: 0x8a,
  Member_of_Any: 0x8b,
  Device_Member_of_Any: 0x8c,
  Not_Member_of: 0x90,
  Not_Device_Member_of: 0x91,
  Not_Member_of_Any: 0x92,
  Not_Device_Member_of_Any: 0x93,
};

/** @see [MS-DTYP] 2.4.4.17.8 */
export const ATTRIBUTE_TOKENS: Readonly<Record<AttributeSource, number>> = {
  local: 0xf8,
  user: 0xf9,
  resource: 0xfa,
  device: 0xfb,
};

export const SIGNS = { plus: 1, minus: 2, none: 3 } as const;

/** The byte that tells how an integer was written, by its base. */
export const BASES = { 8: 1, 10: 2, 16: 3 } as const;

/**
 * The most `&&`, `||` and `!` of one condition, and the deepest a tree of them can be. What is over it is
 * not taken for a condition; it keeps hostile input from exhausting the stack.
 */
export const MAX_CONDITION_OPERATORS = 256;
