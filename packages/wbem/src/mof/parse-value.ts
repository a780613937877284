import type { MofClass, MofInstance, MofScalar, MofValue } from './mof-syntax.ts';
import type { TokenReader } from './token-reader.ts';

/** Reads an embedded object; null when none begins here. */
export type ParseObject = (reader: TokenReader) => MofClass | MofInstance | null;

/** A value as it stands after `=`, or an array in braces. */
export function parseValue(reader: TokenReader, parseObject: ParseObject): MofValue {
  if (!reader.take('{')) return parseScalar(reader, parseObject);
  const elements: MofScalar[] = [];
  while (!reader.take('}')) {
    if (elements.length > 0) reader.expect(',', 'WBEMMOF_E_EXPECTED_CLOSE_BRACE');
    const start = reader.peek();
    const element = parseScalar(reader, parseObject);
    if (element.kind === 'null')
      throw reader.fail('WBEMMOF_E_NULL_ARRAY_ELEM', 'an element that is not null', start);
    elements.push(element);
  }
  return { kind: 'array', elements };
}

/** One value: a constant, an alias or an embedded object. */
export function parseScalar(reader: TokenReader, parseObject: ParseObject): MofScalar {
  const object = parseObject(reader);
  if (object !== null) return object;
  const token = reader.peek();
  switch (token.kind) {
    case 'string':
      return { kind: 'string', value: parseStrings(reader) };
    case 'char':
    case 'integer':
    case 'real':
      reader.next();
      return { kind: token.kind, value: token.value } as MofScalar;
    case 'alias':
      reader.next();
      return { kind: 'alias', name: token.text.slice(1) };
  }
  if (reader.take('true')) return { kind: 'boolean', value: true };
  if (reader.take('false')) return { kind: 'boolean', value: false };
  if (reader.take('null')) return { kind: 'null' };
  throw reader.fail('WBEMMOF_E_ILLEGAL_CONSTANT_VALUE', 'a value');
}

/** Strings in a row are one string. */
export function parseStrings(reader: TokenReader): string {
  const parts: string[] = [];
  for (let token = reader.peek(); token.kind === 'string'; token = reader.peek()) {
    parts.push(token.value);
    reader.next();
  }
  return parts.join('');
}
