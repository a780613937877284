import { ParseError } from '@wmisec/wbem';
import type { Ace } from './ace.ts';
import { type AceForm, hasCondition } from './ace-form.ts';
import { decodeClaim } from './decode-claim.ts';
import { decodeCondition, hasConditionSignature } from './decode-condition.ts';
import { encodeClaim } from './encode-claim.ts';
import { encodeCondition } from './encode-condition.ts';

type Tail = Pick<Ace, 'condition'> | Pick<Ace, 'attribute'> | Pick<Ace, 'data'>;

/**
 * What stands behind the SID of an ACE, by its form. Bytes that are no well-formed condition or claim stay
 * bytes, as the application data of a callback may be anything; a check takes them for unknown.
 */
export function decodeTail(form: AceForm, bytes: Uint8Array): Tail {
  try {
    if (hasCondition(form) && hasConditionSignature(bytes)) return { condition: decodeCondition(bytes) };
    if (form === 'attribute') return { attribute: decodeClaim(bytes) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  return { data: bytes.slice() };
}

/**
 * The bytes behind the SID of an ACE; undefined when there are none.
 * @throws WmisecError `ERROR_INVALID_ACL`, ParseError `ERROR_INVALID_SID`
 */
export function encodeTail(ace: Ace): Uint8Array | undefined {
  if (ace.data !== undefined) return ace.data;
  if (ace.condition !== undefined) return encodeCondition(ace.condition);
  return ace.attribute === undefined ? undefined : encodeClaim(ace.attribute);
}
