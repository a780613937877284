import { foldName, type InstancePath, ParseError, parseObjectPath } from '@wmisec/wbem';

/** What a reference names: the part's identity within a namespace, and the namespace when it is another one. */
export interface PartReference {
  /** Equal for references to the same part, `__eventfilter|name`. */
  readonly id: string;
  readonly className: string;
  /** The value of its key. */
  readonly name: string;
  /** Null for the namespace at hand. */
  readonly namespace: string | null;
}

/** Reads a reference to a part; null for text that names no instance. */
export function partReference(text: string): PartReference | null {
  const path = instancePath(text);
  if (path === null) return null;
  const { className, keys, namespace } = path;
  const name = keys.map(({ value }) => String(value)).join(',');
  return { id: foldName(`${className}|${name}`), className, name, namespace };
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
