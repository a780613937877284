import { WbemLimits } from '../cim/limits.ts';
import { foldName } from '../cim/names.ts';
import type { ObjectPath, PathKey, PathKeyValue, PathLocation } from './object-path.ts';
import { parseInteger } from './parse-integer.ts';
import { invalidPath, pathTooLong } from './path-error.ts';
import { matchAt, PathText } from './path-text.ts';
import { readQuoted } from './quoted-text.ts';

/**
 * Reads a WMI object path in any of its forms: `\\server\root\cimv2:Class.Key="x",Other=5`, relative ones,
 * namespaces, classes, `Class=@`, `Class="x"`. Slashes may lean either way. A bare name is a class; a
 * namespace has a separator or a server. In strings, in quotes of either kind, a backslash stands before a
 * backslash or a quote only. Integers may be hexadecimal.
 * @throws ParseError
 *   `WBEM_E_INVALID_OBJECT_PATH` for anything else, white space outside of strings included,
 *   `WBEM_E_QUOTA_VIOLATION` past `WbemLimits.MaxPath`.
 * @see Microsoft, "WMI Object Path Requirements"; docs/rules.md 10.3
 */
export function parseObjectPath(text: string): ObjectPath {
  if (text.length > WbemLimits.MaxPath) throw pathTooLong(text.length);
  const [location, start] = readLocation(text);
  if (start === text.length && location.namespace !== null)
    return { kind: 'namespace', server: location.server, namespace: location.namespace };
  const className = matchAt(PathText.identifier, text, start);
  if (className === '') throw invalidPath(text, start, 'a class name');
  const end = start + className.length;
  if (end === text.length) return { kind: 'class', ...location, className };
  if (text.startsWith('=@', end)) {
    if (text.length > end + 2) throw invalidPath(text, end + 2, 'the end after =@');
    return { kind: 'singleton', ...location, className };
  }
  return { kind: 'instance', ...location, className, keys: readKeys(text, end) };
}

/** The location and the offset at which the class begins. */
function readLocation(text: string): readonly [PathLocation, number] {
  const hasServer = isSlash(text[0]) && isSlash(text[1]);
  const server = hasServer ? matchAt(PathText.server, text, 2) : '';
  const start = hasServer ? 3 + server.length : 0;
  if (hasServer && server === '') throw invalidPath(text, 2, 'a server name');
  if (hasServer && !isSlash(text[start - 1])) throw invalidPath(text, start - 1, 'a namespace');
  const segments = readSegments(text, start);
  const end = start + segments.join('\\').length;
  const isNamespace = hasServer || text[end] === ':' || segments.length > 1;
  if (!isNamespace) return [{ server: null, namespace: null }, 0];
  if (end < text.length && text[end] !== ':') throw invalidPath(text, end, 'a colon and a class name');
  if (text[end] === ':' && end + 1 === text.length) throw invalidPath(text, end + 1, 'a class name');
  const location = {
    server: server === '' || server === '.' ? null : server,
    namespace: segments.join('\\'),
  };
  return [location, end < text.length ? end + 1 : end];
}

function readSegments(text: string, start: number): readonly string[] {
  const segments: string[] = [];
  for (let at = start; ; at++) {
    const segment = matchAt(PathText.segment, text, at);
    if (segment === '') throw invalidPath(text, at, 'a class or a namespace such as root\\cimv2');
    segments.push(segment);
    at += segment.length;
    if (!isSlash(text[at])) return segments;
  }
}

function readKeys(text: string, start: number): readonly PathKey[] {
  if (text[start] === '=') {
    const [value, end] = readValue(text, start + 1);
    if (end < text.length) throw invalidPath(text, end, 'the end after a key without a name');
    return [{ name: null, value }];
  }
  if (text[start] !== '.') throw invalidPath(text, start, 'a dot and keys, an equals sign or the end');
  const keys: PathKey[] = [];
  const seen = new Set<string>();
  for (let at = start; at < text.length; ) {
    if (at > start && text[at] !== ',') throw invalidPath(text, at, 'a comma or the end');
    const [key, end] = readKey(text, at + 1);
    if (seen.has(foldName(key.name))) throw invalidPath(text, at + 1, 'each key once');
    seen.add(foldName(key.name));
    keys.push(key);
    at = end;
  }
  return keys;
}

function readKey(text: string, start: number): readonly [PathKey & { readonly name: string }, number] {
  const name = matchAt(PathText.identifier, text, start);
  if (name === '') throw invalidPath(text, start, 'the name of a key');
  const equals = start + name.length;
  if (text[equals] !== '=') throw invalidPath(text, equals, 'an equals sign');
  const [value, end] = readValue(text, equals + 1);
  return [{ name, value }, end];
}

function readValue(text: string, start: number): readonly [PathKeyValue, number] {
  if (text[start] === '"' || text[start] === "'") return readString(text, start);
  const number = matchAt(PathText.number, text, start);
  if (number !== '') return [readInteger(text, start, number), start + number.length];
  const word = matchAt(PathText.identifier, text, start);
  if (!/^(?:true|false)$/i.test(word))
    throw invalidPath(text, start, 'a string in quotes, an integer, TRUE or FALSE');
  return [foldName(word) === 'true', start + word.length];
}

function readInteger(text: string, start: number, number: string): bigint {
  const value = parseInteger(number);
  if (value === null) throw invalidPath(text, start, 'an integer of 64 bits');
  return value;
}

function readString(text: string, start: number): readonly [string, number] {
  const read = readQuoted(text, start);
  if (!('value' in read)) throw invalidPath(text, read.offset, read.expected);
  return [read.value, read.end];
}

function isSlash(character: string | undefined): boolean {
  return character === '\\' || character === '/';
}
