import { foldName } from '../cim/names.ts';
import type {
  MofAssignment,
  MofClass,
  MofFeature,
  MofInstance,
  MofMethod,
  MofQualifier,
  MofType,
  MofValue,
} from './mof-syntax.ts';
import { parseQualifiers } from './parse-qualifiers.ts';
import { parseReturnType, parseType } from './parse-type.ts';
import { parseValue } from './parse-value.ts';
import type { TokenReader } from './token-reader.ts';

/** A class or instance with its qualifiers; null when neither begins here. */
export function parseObject(reader: TokenReader): MofClass | MofInstance | null {
  const qualified = reader.peek().text === '[' && reader.peek().kind === 'punctuation';
  const begins = reader.isWord('class') || (reader.isWord('instance') && reader.isWord('of', 1));
  return qualified || begins ? reader.nest(() => parseDeclaration(reader)) : null;
}

/** An object inside another one has no alias. */
function parseEmbedded(reader: TokenReader): MofClass | MofInstance | null {
  const start = reader.peek();
  const object = parseObject(reader);
  if (object === null || object.alias === null) return object;
  throw reader.fail('WBEMMOF_E_ALIASES_IN_EMBEDDED', 'an embedded object without an alias', start);
}

function parseDeclaration(reader: TokenReader): MofClass | MofInstance {
  const qualifiers = parseQualifiers(reader);
  if (reader.take('class')) return parseClass(reader, qualifiers);
  if (reader.take('instance')) return parseInstance(reader, qualifiers);
  throw reader.fail('WBEMMOF_E_UNRECOGNIZED_TOKEN', 'class or instance of');
}

function parseClass(reader: TokenReader, qualifiers: readonly MofQualifier[]): MofClass {
  const className = parseClassName(reader);
  const alias = parseAlias(reader);
  const ancestors: string[] = [];
  if (reader.take(':')) {
    do ancestors.push(parseClassName(reader));
    while (reader.peek().kind === 'word');
  }
  reader.expect('{', 'WBEMMOF_E_EXPECTED_OPEN_BRACE');
  return { kind: 'class', qualifiers, className, alias, ancestors, ...parseMembers(reader) };
}

function parseMembers(reader: TokenReader): Pick<MofClass, 'properties' | 'methods'> {
  const properties: MofFeature[] = [];
  const methods: MofMethod[] = [];
  const names = new Set<string>();
  while (!reader.take('}')) {
    if (reader.peek().kind === 'end')
      throw reader.fail('WBEMMOF_E_EXPECTED_CLOSE_BRACE', '} at the end of the class');
    const start = reader.peek();
    const member = parseMember(reader);
    const isMethod = 'parameters' in member;
    const name = `${isMethod ? '()' : ''}${foldName(member.name)}`;
    if (names.has(name)) throw reader.fail('WBEMMOF_E_DUPLICATE_PROPERTY', 'each member once', start);
    names.add(name);
    if (isMethod) methods.push(member);
    else properties.push(member);
    reader.expect(';', 'WBEMMOF_E_EXPECTED_SEMI');
  }
  return { properties, methods };
}

function parseMember(reader: TokenReader): MofFeature | MofMethod {
  const qualifiers = parseQualifiers(reader);
  const start = reader.peek();
  const type = parseReturnType(reader);
  if (reader.peek().text === '[')
    throw reader.fail('WBEMMOF_E_NO_ARRAYS_RETURNED', 'the brackets of an array after its name');
  const name = reader.expectName('the name of a property or method', 'WBEMMOF_E_EXPECTED_PROPERTY_NAME');
  if (reader.take('(')) return { qualifiers, returnType: type, name, parameters: parseParameters(reader) };
  if (type === null) throw reader.fail('WBEMMOF_E_UNRECOGNIZED_TYPE', 'the type of a property', start);
  return parseFeature(reader, qualifiers, type, name);
}

function parseFeature(
  reader: TokenReader,
  qualifiers: readonly MofQualifier[],
  type: MofType,
  name: string,
): MofFeature {
  const isArray = reader.take('[');
  const arraySize = isArray ? parseArraySize(reader) : null;
  return { qualifiers, type, name, isArray, arraySize, value: parseDefault(reader, isArray) };
}

function parseArraySize(reader: TokenReader): number | null {
  if (reader.take(']')) return null;
  const token = reader.next();
  if (token.kind !== 'integer' || token.value < 1n || token.value > 0x7fffffffn)
    throw reader.fail('WBEMMOF_E_EXPECTED_CLOSE_BRACKET', '] or the size of the array', token);
  reader.expect(']', 'WBEMMOF_E_EXPECTED_CLOSE_BRACKET');
  return Number(token.value);
}

function parseDefault(reader: TokenReader, isArray: boolean): MofValue | null {
  if (!reader.take('=')) return null;
  const start = reader.peek();
  const value = parseValue(reader, parseEmbedded);
  if (value.kind === 'array' && !isArray)
    throw reader.fail('WBEMMOF_E_UNEXPECTED_ARRAY_INIT', 'one value', start);
  return value;
}

function parseParameters(reader: TokenReader): MofFeature[] {
  const parameters: MofFeature[] = [];
  const names = new Set<string>();
  while (!reader.take(')')) {
    if (parameters.length > 0) reader.expect(',', 'WBEMMOF_E_EXPECTED_CLOSE_PAREN');
    const start = reader.peek();
    const parameter = parseParameter(reader);
    if (names.has(foldName(parameter.name)))
      throw reader.fail('WBEMMOF_E_DUPLICATE_PROPERTY', 'each parameter once', start);
    names.add(foldName(parameter.name));
    parameters.push(parameter);
  }
  return parameters;
}

function parseParameter(reader: TokenReader): MofFeature {
  const start = reader.peek();
  const qualifiers = parseQualifiers(reader);
  if (!qualifiers.some(({ name, value }) => isDirection(name) && isTrue(value)))
    throw reader.fail('WBEMMOF_E_MUST_BE_IN_OR_OUT', '[in] or [out] before a parameter', start);
  const type = parseType(reader);
  const name = reader.expectName('the name of a parameter', 'WBEMMOF_E_EXPECTED_PROPERTY_NAME');
  return parseFeature(reader, qualifiers, type, name);
}

function isDirection(name: string): boolean {
  return ['in', 'out'].includes(foldName(name));
}

function isTrue(value: MofValue | null): boolean {
  return value === null || (value.kind === 'boolean' && value.value);
}

function parseInstance(reader: TokenReader, qualifiers: readonly MofQualifier[]): MofInstance {
  reader.expect('of', 'WBEMMOF_E_INVALID_INSTANCE_DECLARATION');
  const className = parseClassName(reader);
  const alias = parseAlias(reader);
  reader.expect('{', 'WBEMMOF_E_EXPECTED_OPEN_BRACE');
  const properties: MofAssignment[] = [];
  const names = new Set<string>();
  while (!reader.take('}')) {
    const start = reader.peek();
    const assignment = parseAssignment(reader);
    if (names.has(foldName(assignment.name)))
      throw reader.fail('WBEMMOF_E_DUPLICATE_PROPERTY', 'each property once', start);
    names.add(foldName(assignment.name));
    properties.push(assignment);
  }
  return { kind: 'instance', qualifiers, className, alias, properties };
}

function parseAssignment(reader: TokenReader): MofAssignment {
  const qualifiers = parseQualifiers(reader);
  const name = reader.expectName('the name of a property', 'WBEMMOF_E_EXPECTED_PROPERTY_NAME');
  reader.expect('=', 'WBEMMOF_E_INVALID_INSTANCE_DECLARATION');
  const value = parseValue(reader, parseEmbedded);
  reader.expect(';', 'WBEMMOF_E_EXPECTED_SEMI');
  return { qualifiers, name, value };
}

function parseClassName(reader: TokenReader): string {
  return reader.expectName('the name of a class', 'WBEMMOF_E_EXPECTED_CLASS_NAME');
}

function parseAlias(reader: TokenReader): string | null {
  if (!reader.take('as')) return null;
  const token = reader.next();
  if (token.kind === 'alias') return token.text.slice(1);
  throw reader.fail('WBEMMOF_E_EXPECTED_DOLLAR', 'an alias such as $Name', token);
}
