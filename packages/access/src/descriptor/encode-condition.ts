import { WmisecError } from '@wmisec/wbem';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { encodeSid } from '../sid/encode-sid.ts';
import type { Condition, ConditionOperand } from './condition.ts';
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

const INT_TOKENS = { 1: Literal.Int8, 2: Literal.Int16, 4: Literal.Int32, 8: Literal.Int64 } as const;

/**
 * The application data of a conditional ACE, padded with zeros to a multiple of 4.
 * @throws WmisecError `ERROR_INVALID_ACL` for a tree deeper than 256 operators or a list inside of a list.
 * @see [MS-DTYP] 2.4.4.17
 */
export function encodeCondition(condition: Condition): Uint8Array {
  const out = new ByteWriter();
  out.put(CONDITION_SIGNATURE);
  writeCondition(out, condition, 0);
  return out.padded();
}

function writeCondition(out: ByteWriter, condition: Condition, depth: number): ByteWriter {
  if (depth > MAX_CONDITION_OPERATORS) {
    throw invalidCondition(`at most ${MAX_CONDITION_OPERATORS} logical operators on top of each other`);
  }
  switch (condition.kind) {
    case 'and':
    case 'or':
      writeCondition(out, condition.left, depth + 1);
      writeCondition(out, condition.right, depth + 1);
      return out.uint8(condition.kind === 'and' ? LogicalToken.And : LogicalToken.Or);
    case 'not':
      writeCondition(out, condition.operand, depth + 1);
      return out.uint8(LogicalToken.Not);
    case 'exists':
    case 'notExists':
      writeOperand(out, condition.operand);
      return out.uint8(condition.kind === 'exists' ? LogicalToken.Exists : LogicalToken.NotExists);
    case 'member':
      writeOperand(out, condition.operand);
      return out.uint8(MEMBERSHIP_TOKENS[condition.operator]);
    case 'relation':
      writeOperand(out, condition.left);
      writeOperand(out, condition.right);
      return out.uint8(RELATION_TOKENS[condition.operator]);
    case 'operand':
      return writeOperand(out, condition.operand);
  }
}

function writeOperand(out: ByteWriter, operand: ConditionOperand): ByteWriter {
  switch (operand.kind) {
    case 'int':
      return out
        .uint8(INT_TOKENS[operand.size])
        .int64(operand.value)
        .uint8(SIGNS[operand.sign])
        .uint8(BASES[operand.base]);
    case 'string':
      return writeText(out, Literal.String, operand.value);
    case 'attribute':
      return writeText(out, ATTRIBUTE_TOKENS[operand.source], operand.name);
    case 'octets':
      return writeBytes(out, Literal.Octets, operand.value);
    case 'sid':
      return writeBytes(out, Literal.Sid, encodeSid(operand.value));
    case 'composite':
      return writeElements(out, operand.values);
  }
}

function writeElements(out: ByteWriter, values: readonly ConditionOperand[]): ByteWriter {
  out.uint8(Literal.Composite);
  const lengthAt = out.length;
  out.uint32(0);
  for (const value of values) {
    if (value.kind === 'composite' || value.kind === 'attribute')
      throw invalidCondition('literals in a list');
    writeOperand(out, value);
  }
  return out.setUint32(lengthAt, out.length - lengthAt - 4);
}

function writeText(out: ByteWriter, token: number, text: string): ByteWriter {
  return out
    .uint8(token)
    .uint32(text.length * 2)
    .utf16(text);
}

function writeBytes(out: ByteWriter, token: number, bytes: Uint8Array): ByteWriter {
  return out.uint8(token).uint32(bytes.length).put(bytes);
}

function invalidCondition(expected: string): WmisecError {
  return new WmisecError('ERROR_INVALID_ACL', `condition: expected ${expected}`);
}
