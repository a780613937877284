import { WbemError, WbemLimits, WbemStatus } from '@wmisec/wbem';

const SEGMENT = /^[a-z_\u0080-\uffef][\w\-\u0080-\uffef]*$/i;
/** `root\cimv2` for `root\cimv2\sms`; null for `root`. */
export function parentPath(path: string): string | null {
  const end = path.lastIndexOf('\\');
  return end < 0 ? null : path.slice(0, end);
}

/** The namespaces from the root down to this one: `root`, `root\cimv2`. */
export function lineage(path: string): string[] {
  const segments = path.split('\\');
  return segments.map((_, i) => segments.slice(0, i + 1).join('\\'));
}

/** The last segment. */
export function namespaceName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

/**
 * The path of a namespace below another.
 * @param relative one or more segments, joined by either slash.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for a name that is none, `WBEM_E_QUOTA_VIOLATION` when too long.
 */
export function childPath(parent: string, relative: string): string {
  checkNamespaceLength(relative);
  const segments = relative.split(/[\\/]/);
  const bad = segments.find((segment) => !SEGMENT.test(segment));
  if (bad === undefined) return `${parent}\\${segments.join('\\')}`;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_PARAMETER,
    `a namespace has names of letters, digits, hyphens and underscores, got ${JSON.stringify(bad.slice(0, 80))}`,
  );
}

/** @throws WbemError `WBEM_E_QUOTA_VIOLATION` for a path longer than `WbemLimits.MaxPath`. */
export function checkNamespaceLength(path: string): void {
  if (path.length <= WbemLimits.MaxPath) return;
  throw new WbemError(
    WbemStatus.WBEM_E_QUOTA_VIOLATION,
    `a namespace has at most ${WbemLimits.MaxPath} characters, got ${path.length}`,
  );
}
