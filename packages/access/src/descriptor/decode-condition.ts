import { ByteReader } from '../bytes/byte-reader.ts';
import { decodeUtf16 } from '../bytes/utf16.ts';
import { decodeSid } from '../sid/decode-sid.ts';
import { sidLength } from '../sid/encode-sid.ts';
import type {
  AttributeSource,
  Condition,
  ConditionOperand,
  MembershipOperator,
  RelationalOperator,
} from './condition.ts';
import {
  ATTRIBUTE_TOKENS,
  BASES,
  CONDITION_SIGNATURE,
  Literal,
  LogicalToken,
  MAX_CONDITION_OPERATORS,
  MEMBERSHIP_TOKENS,
  RELATION_TOKENS,
  SIGNS,
} from './condition-tokens.ts';
import { invalidAcl } from './descriptor-error.ts';

type Item = Condition | ConditionOperand;

const RELATIONS = byToken<RelationalOperator>(RELATION_TOKENS);
const MEMBERSHIPS = byToken<MembershipOperator>(MEMBERSHIP_TOKENS);
const SOURCES = byToken<AttributeSource>(ATTRIBUTE_TOKENS);
const SIGN_NAMES = byToken<'plus' | 'minus' | 'none'>(SIGNS);
const BASE_OF = new Map<number, 8 | 10 | 16>([
  [BASES[8], 8],
  [BASES[10], 10],
  [BASES[16], 16],
]);
const INT_SIZES = new Map<number, 1 | 2 | 4 | 8>([
  [Literal.Int8, 1],
  [Literal.Int16, 2],
  [Literal.Int32, 4],
  [Literal.Int64, 8],
]);
const OPERANDS: ReadonlySet<Item['kind']> = new Set([
  'int',
  'string',
  'octets',
  'sid',
  'composite',
  'attribute',
] as const);

/** Whether application data says of itself that it is a condition. */
export function hasConditionSignature(data: Uint8Array): boolean {
  return CONDITION_SIGNATURE.every((byte, i) => data[i] === byte);
}

/**
 * Reads the application data of a conditional ACE: tokens in postfix order, padded with zeros.
 * @throws ParseError `ERROR_INVALID_ACL` for data that is not one well-formed condition, or one of more than
 * 256 logical operators.
 * @see [MS-DTYP] 2.4.4.17
 */
export function decodeCondition(data: Uint8Array): Condition {
  if (!hasConditionSignature(data)) throw invalidAcl(0, 'the signature artx', 'other bytes');
  const missing = () => invalidAcl(data.length, 'more bytes of a condition', 'the end');
  const reader = new ByteReader(data, missing, CONDITION_SIGNATURE.length);
  const stack: Item[] = [];
  let operators = 0;
  while (!isPadding(reader)) {
    const at = reader.at;
    const token = reader.uint8();
    const isLogical = token >= LogicalToken.And && token <= LogicalToken.Not;
    if (isLogical && ++operators > MAX_CONDITION_OPERATORS) {
      throw invalidAcl(at, `at most ${MAX_CONDITION_OPERATORS} logical operators`, 'one more');
    }
    stack.push(readItem(token, reader, stack, at));
  }
  const condition = popCondition(stack, reader.at);
  if (stack.length > 0) throw invalidAcl(reader.at, 'an operator', 'the end');
  return condition;
}

/** Zeros up to the end. */
function isPadding({ bytes, at }: ByteReader): boolean {
  for (let i = at; i < bytes.length; i++) if (bytes[i] !== Literal.Padding) return false;
  return true;
}

function readItem(token: number, reader: ByteReader, stack: Item[], at: number): Item {
  const relation = RELATIONS.get(token);
  if (relation !== undefined) {
    const right = popOperand(stack, at);
    return { kind: 'relation', operator: relation, left: popOperand(stack, at), right };
  }
  const membership = MEMBERSHIPS.get(token);
  if (membership !== undefined) {
    return { kind: 'member', operator: membership, operand: popOperand(stack, at) };
  }
  switch (token) {
    case LogicalToken.And:
    case LogicalToken.Or: {
      const right = popCondition(stack, at);
      return { kind: token === LogicalToken.And ? 'and' : 'or', left: popCondition(stack, at), right };
    }
    case LogicalToken.Not:
      return { kind: 'not', operand: popCondition(stack, at) };
    case LogicalToken.Exists:
      return { kind: 'exists', operand: popOperand(stack, at) };
    case LogicalToken.NotExists:
      return { kind: 'notExists', operand: popOperand(stack, at) };
    case Literal.Composite:
      return { kind: 'composite', values: readElements(reader) };
    default:
      return readOperand(token, reader, at);
  }
}

function readElements(reader: ByteReader): ConditionOperand[] {
  const end = reader.uint32() + reader.at;
  const values: ConditionOperand[] = [];
  while (reader.at < end) {
    const at = reader.at;
    const element = readOperand(reader.uint8(), reader, at);
    if (element.kind === 'attribute') throw invalidAcl(at, 'a literal in a list', 'an attribute');
    values.push(element);
  }
  if (reader.at !== end) throw invalidAcl(end, 'the end of a list', 'a literal that goes on');
  return values;
}

function readOperand(token: number, reader: ByteReader, at: number): ConditionOperand {
  const size = INT_SIZES.get(token);
  if (size !== undefined) return readInt(reader, size);
  const source = SOURCES.get(token);
  if (source !== undefined) return { kind: 'attribute', source, name: readText(reader) };
  if (token === Literal.String) return { kind: 'string', value: readText(reader) };
  if (token === Literal.Octets) return { kind: 'octets', value: reader.take(reader.uint32()).slice() };
  if (token === Literal.Sid) return readSid(reader);
  throw invalidAcl(at, 'a token of a condition', `0x${token.toString(16)}`);
}

function readInt(reader: ByteReader, size: 1 | 2 | 4 | 8): ConditionOperand {
  const value = reader.int64();
  const at = reader.at;
  const sign = SIGN_NAMES.get(reader.uint8());
  const base = BASE_OF.get(reader.uint8());
  if (sign === undefined || base === undefined) throw invalidAcl(at, 'a sign and a base of 1 to 3', 'others');
  return { kind: 'int', value, size, sign, base };
}

function readText(reader: ByteReader): string {
  const at = reader.at;
  const length = reader.uint32();
  if (length % 2 !== 0) throw invalidAcl(at, 'an even number of bytes of text', `${length}`);
  return decodeUtf16(reader.take(length));
}

function readSid(reader: ByteReader): ConditionOperand {
  const at = reader.at;
  const bytes = reader.take(reader.uint32());
  const value = decodeSid(bytes);
  if (sidLength(value) !== bytes.length) throw invalidAcl(at, 'the length of the SID', `${bytes.length}`);
  return { kind: 'sid', value };
}

function popOperand(stack: Item[], at: number): ConditionOperand {
  const item = stack.pop();
  if (item === undefined || !isOperand(item))
    throw invalidAcl(at, 'a literal or an attribute', 'an operator');
  return item;
}

/** An operand where a truth value is due stands for its own. */
function popCondition(stack: Item[], at: number): Condition {
  const item = stack.pop();
  if (item === undefined) throw invalidAcl(at, 'a condition', 'none');
  return isOperand(item) ? { kind: 'operand', operand: item } : item;
}

function isOperand(item: Item): item is ConditionOperand {
  return OPERANDS.has(item.kind);
}

function byToken<Name extends string>(tokens: Readonly<Record<Name, number>>): ReadonlyMap<number, Name> {
  return new Map(Object.entries<number>(tokens).map(([name, token]) => [token, name as Name]));
}
