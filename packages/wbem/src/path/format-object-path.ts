import { WbemLimits } from '../cim/limits.ts';
import type { ObjectPath, PathKey, PathKeyValue, PathLocation } from './object-path.ts';
import { invalidPath, pathTooLong } from './path-error.ts';
import { isWhole, PathText } from './path-text.ts';
import { quote } from './quoted-text.ts';

/**
 * The text of a path, as `parseObjectPath` reads it. A location on this machine is written `\\.\`.
 * @throws ParseError
 *   `WBEM_E_INVALID_OBJECT_PATH` for a name that would read as something else,
 *   `WBEM_E_QUOTA_VIOLATION` past `WbemLimits.MaxPath`.
 */
export function formatObjectPath(path: ObjectPath): string {
  const text = formatLocation(path) + formatRelative(path);
  if (text.length > WbemLimits.MaxPath) throw pathTooLong(text.length);
  return text;
}

/** `Class.Key="x",Other=5`: a path's own part, without its location. */
export function formatRelative(path: ObjectPath): string {
  if (path.kind === 'namespace') return '';
  const className = checked(path.className, PathText.identifier, 'a class name');
  if (path.kind === 'class') return className;
  if (path.kind === 'singleton') return `${className}=@`;
  const [first] = path.keys;
  if (first === undefined) throw invalidPath(className, className.length, 'at least one key');
  if (path.keys.length === 1 && first.name === null) return `${className}=${formatValue(first.value)}`;
  return `${className}.${path.keys.map(formatKey).join(',')}`;
}

function formatValue(value: PathKeyValue): string {
  if (typeof value === 'string') return quote(value);
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value);
}

function formatLocation(path: ObjectPath): string {
  const { server, namespace }: PathLocation = path;
  if (namespace === null) {
    if (server !== null) throw invalidPath(server, server.length, 'a namespace beside a server');
    return '';
  }
  const host = checked(server ?? '.', PathText.server, 'a server name');
  for (const segment of namespace.split('\\')) checked(segment, PathText.segment, 'a namespace');
  return `\\\\${host}\\${namespace}${path.kind === 'namespace' ? '' : ':'}`;
}

function formatKey({ name, value }: PathKey): string {
  return `${checked(name ?? '', PathText.identifier, 'the name of a key')}=${formatValue(value)}`;
}

function checked(name: string, pattern: RegExp, expected: string): string {
  if (!isWhole(pattern, name)) throw invalidPath(name, 0, expected);
  return name;
}
