import { cimTypeFromName } from '../cim/cim-type.ts';
import { foldName } from '../cim/names.ts';
import { flavorFromWord, flavorsConflict } from './mof-flavor.ts';
import type { MofFlavor, MofQualifier, MofQualifierDeclaration, MofScalar, MofValue } from './mof-syntax.ts';
import { parseScalar, parseValue } from './parse-value.ts';
import type { TokenReader } from './token-reader.ts';

const noObject = () => null;

/** `[Key, Description("...") : ToSubclass Amended]`; empty when no bracket opens. */
export function parseQualifiers(reader: TokenReader): MofQualifier[] {
  if (!reader.take('[')) return [];
  const qualifiers: MofQualifier[] = [];
  const names = new Set<string>();
  do {
    const start = reader.peek();
    const qualifier = parseQualifier(reader);
    const name = foldName(qualifier.name);
    if (name === 'cimtype')
      throw reader.fail('WBEMMOF_E_CIMTYPE_QUALIFIER', 'a type before the name of the property', start);
    if (names.has(name)) throw reader.fail('WBEMMOF_E_DUPLICATE_QUALIFIER', 'each qualifier once', start);
    names.add(name);
    qualifiers.push(qualifier);
  } while (reader.take(','));
  reader.expect(']', 'WBEMMOF_E_EXPECTED_CLOSE_BRACKET');
  return qualifiers;
}

function parseQualifier(reader: TokenReader): MofQualifier {
  const name = reader.expectName('the name of a qualifier', 'WBEMMOF_E_EXPECTED_QUALIFIER_NAME');
  const value = parseQualifierValue(reader);
  return { name, value, flavors: reader.take(':') ? parseFlavors(reader) : [] };
}

function parseQualifierValue(reader: TokenReader): MofValue | null {
  const { text } = reader.peek();
  if (text === '{') return withoutAlias(reader, () => parseValue(reader, noObject));
  if (!reader.take('(')) return null;
  const value = withoutAlias(reader, () => parseScalar(reader, noObject));
  reader.expect(')', 'WBEMMOF_E_EXPECTED_CLOSE_PAREN');
  return value;
}

function withoutAlias<T extends MofValue>(reader: TokenReader, parse: () => T): T {
  const start = reader.peek();
  const value = parse();
  const parts: readonly MofScalar[] = value.kind === 'array' ? value.elements : [value];
  if (!parts.some((part) => part.kind === 'alias')) return value;
  throw reader.fail('WBEMMOF_E_UNEXPECTED_ALIAS', 'a constant as the value of a qualifier', start);
}

function parseFlavors(reader: TokenReader, separator?: ','): MofFlavor[] {
  const flavors: MofFlavor[] = [];
  do {
    const token = reader.peek();
    const flavor = token.kind === 'word' ? flavorFromWord(token.text) : undefined;
    if (flavor === undefined)
      throw reader.fail('WBEMMOF_E_EXPECTED_FLAVOR_TYPE', 'a flavor such as ToSubclass');
    if (flavors.some((other) => flavorsConflict(flavor, other)))
      throw reader.fail(
        'WBEMMOF_E_INCOMPATIBLE_FLAVOR_TYPES',
        `a flavor that agrees with ${flavors.join(' ')}`,
      );
    reader.next();
    if (!flavors.includes(flavor)) flavors.push(flavor);
  } while (separator === undefined ? reader.peek().kind === 'word' : reader.take(separator));
  return flavors;
}

/** `Qualifier Name : ToSubclass Amended;` or `Qualifier Name : boolean = false, Scope(class), Flavor(...);`. */
export function parseQualifierDeclaration(reader: TokenReader): MofQualifierDeclaration {
  reader.expect('qualifier', 'WBEMMOF_E_INVALID_QUALIFIER_SYNTAX');
  const name = reader.expectName('the name of a qualifier', 'WBEMMOF_E_EXPECTED_QUALIFIER_NAME');
  reader.expect(':', 'WBEMMOF_E_INVALID_QUALIFIER_SYNTAX');
  const declaration = isFlavor(reader) ? shortForm(name, parseFlavors(reader)) : parseFullForm(reader, name);
  reader.expect(';', 'WBEMMOF_E_EXPECTED_SEMI');
  return declaration;
}

function isFlavor(reader: TokenReader): boolean {
  const token = reader.peek();
  return token.kind === 'word' && flavorFromWord(token.text) !== undefined;
}

function shortForm(name: string, flavors: MofFlavor[]): MofQualifierDeclaration {
  return { kind: 'qualifier', name, type: null, isArray: false, value: null, scope: [], flavors };
}

function parseFullForm(reader: TokenReader, name: string): MofQualifierDeclaration {
  const token = reader.peek();
  const type = cimTypeFromName(token.text);
  if (token.kind !== 'word' || type === undefined)
    throw reader.fail('WBEMMOF_E_EXPECTED_FLAVOR_TYPE', 'a flavor or the type of the qualifier');
  reader.next();
  const isArray = reader.take('[');
  if (isArray) reader.expect(']', 'WBEMMOF_E_EXPECTED_CLOSE_BRACKET');
  const value = reader.take('=') ? withoutAlias(reader, () => parseValue(reader, noObject)) : null;
  let scope: string[] = [];
  let flavors: MofFlavor[] = [];
  while (reader.take(',')) {
    const clause = reader.peek();
    const isScope = reader.take('scope');
    if (!isScope) reader.expect('flavor', 'WBEMMOF_E_INVALID_QUALIFIER_SYNTAX');
    if ((isScope ? scope : flavors).length > 0)
      throw reader.fail('WBEMMOF_E_INVALID_QUALIFIER_SYNTAX', 'Scope and Flavor once', clause);
    reader.expect('(', 'WBEMMOF_E_EXPECTED_OPEN_PAREN');
    if (isScope) scope = parseScope(reader);
    else flavors = parseFlavors(reader, ',');
    reader.expect(')', 'WBEMMOF_E_EXPECTED_CLOSE_PAREN');
  }
  return { kind: 'qualifier', name, type, isArray, value, scope, flavors };
}

function parseScope(reader: TokenReader): string[] {
  const scope: string[] = [];
  do {
    scope.push(
      reader.expectName('a scope such as class', 'WBEMMOF_E_INVALID_QUALIFIER_SYNTAX').toLowerCase(),
    );
  } while (reader.take(','));
  return scope;
}
