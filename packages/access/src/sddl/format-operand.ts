import type { ConditionOperand } from '../descriptor/condition.ts';
import type { Sid } from '../sid/sid.ts';
import { escapeName, isSimpleName } from './attribute-name.ts';
import { isConditionWord, SOURCE_WORDS } from './condition-words.ts';
import { formatSid } from './format-sid.ts';
import { inexpressible } from './inexpressible.ts';

/**
 * A literal or an attribute as Windows prints it.
 * @throws WmisecError `SDDL_INEXPRESSIBLE`
 */
export function formatOperand(operand: ConditionOperand, domain: Sid | undefined): string {
  switch (operand.kind) {
    case 'int':
      return formatInteger(operand);
    case 'string':
      return formatString(operand.value);
    case 'octets':
      return `#${hex(operand.value)}`;
    case 'sid':
      return `SID(${formatSid(operand.value, domain)})`;
    case 'composite':
      return `{${operand.values.map((value) => formatOperand(value, domain)).join(', ')}}`;
    case 'attribute':
      return formatAttribute(operand);
  }
}

/** @throws WmisecError `SDDL_INEXPRESSIBLE` for a text with a quote or a zero in it. */
export function formatString(text: string): string {
  if (/["\0]/.test(text)) throw inexpressible('a text with a quote or a zero in it');
  return `"${text}"`;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bits without a sign are printed as they are, also where they make a negative number. */
function formatInteger({ value, sign, base }: ConditionOperand & { kind: 'int' }): string {
  if (sign === 'none' && value < 0n && base === 10) throw inexpressible('a negative integer without a sign');
  if ((sign === 'minus' && value > 0n) || (sign === 'plus' && value < 0n)) {
    throw inexpressible('an integer whose sign contradicts it');
  }
  const magnitude = value < 0n ? (sign === 'minus' ? -value : BigInt.asUintN(64, value)) : value;
  const prefix = base === 16 ? '0x' : base === 8 ? '0' : '';
  return `${{ plus: '+', minus: '-', none: '' }[sign]}${prefix}${magnitude.toString(base)}`;
}

function formatAttribute({ source, name }: ConditionOperand & { kind: 'attribute' }): string {
  if (name === '') throw inexpressible('an attribute without a name');
  if (source !== 'local') return SOURCE_WORDS[source] + escapeName(name);
  if (!isSimpleName(name) || isConditionWord(name)) throw inexpressible(`a local attribute of this name`);
  return name;
}
