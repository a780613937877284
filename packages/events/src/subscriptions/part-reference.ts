import { foldName, type InstancePath, ParseError, parseObjectPath } from '@wmisec/wbem';

/** What a reference to a part names. */
export interface PartReference {
  /** Equal for references to the same part, however they are written: with the machine, the namespace, or neither. */
  readonly id: string;
  /** The value of its key. */
  readonly name: string;
}

/**
 * Reads a reference to a part, or its path; null for text that names no instance.
 * @param home the namespace that it stands in.
 */
export function partReference(text: string, home: string): PartReference | null {
  const path = instancePath(text);
  if (path === null) return null;
  const { className, keys, namespace } = path;
  const name = keys.map(({ value }) => String(value)).join(',');
  return { id: foldName(JSON.stringify([namespace ?? home, className, name])), name };
}

function instancePath(text: string): InstancePath | null {
  try {
    const path = parseObjectPath(text);
    return path.kind === 'instance' ? path : null;
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
