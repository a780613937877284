import { type ObjectPath, parseObjectPath, WmisecError } from '@wmisec/wbem';

/** The names of the keys in a relative path, in lower case; null when the path does not name them. */
export function keyNames(path: string | null): ReadonlySet<string> | null {
  const parsed = path === null ? null : parsedOrNull(path);
  if (parsed === null || parsed.kind === 'namespace' || parsed.kind === 'class') return null;
  if (parsed.kind === 'singleton') return new Set();
  const names = parsed.keys.map(({ name }) => name?.toLowerCase());
  return names.includes(undefined) ? null : new Set(names as string[]);
}

function parsedOrNull(path: string): ObjectPath | null {
  try {
    return parseObjectPath(path);
  } catch (error) {
    if (error instanceof WmisecError) return null;
    throw error;
  }
}
