import { CimType, cimTypeFromName } from '../cim/cim-type.ts';
import type { MofType } from './mof-syntax.ts';
import type { TokenReader } from './token-reader.ts';

/** A type; null for `void`, which only methods return. */
export function parseReturnType(reader: TokenReader): MofType | null {
  return reader.take('void') ? null : parseType(reader);
}

/** `uint32`, `object`, `ClassX`, `object ref`, `ClassX ref`. */
export function parseType(reader: TokenReader): MofType {
  if (reader.isWord('typedef')) throw reader.fail('WBEMMOF_E_TYPEDEF_NOT_SUPPORTED', 'a property or method');
  if (reader.isWord('void') || reader.isWord('ref'))
    throw reader.fail('WBEMMOF_E_UNRECOGNIZED_TYPE', 'the type of a property or parameter');
  const word = reader.expectName('a type', 'WBEMMOF_E_EXPECTED_TYPE_IDENTIFIER');
  const type = cimTypeFromName(word);
  if (type !== undefined && type !== CimType.Object) return { type, className: null };
  const className = type === CimType.Object ? null : word;
  const isReference = reader.isWord('ref') && reader.peek(1).kind === 'word';
  if (isReference) reader.next();
  return { type: isReference ? CimType.Reference : CimType.Object, className };
}
