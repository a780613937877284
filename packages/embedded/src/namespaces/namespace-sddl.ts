import { checkNamespaceDescriptor, parseSddl, type SecurityDescriptor } from '@wmisec/access';
import { type CimQualifier, getQualifier, ParseError, WbemError, WbemStatus } from '@wmisec/wbem';

const NAME = 'NamespaceSecuritySDDL';

/**
 * The descriptor that the qualifier `NamespaceSecuritySDDL` of a `__Namespace` instance orders; null without it.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` for text that is no SDDL, or a descriptor that breaks a rule.
 * @see docs/rules.md 9.5
 */
export function orderedDescriptor(qualifiers: readonly CimQualifier[]): SecurityDescriptor | null {
  const given = getQualifier({ qualifiers }, NAME)?.value ?? null;
  if (given === null) return null;
  const text = Array.isArray(given) ? given[0] : given;
  if (typeof text !== 'string') throw invalid(`expected SDDL, got ${typeof text}`);
  return namespaceDescriptor(text);
}

/** @throws WbemError `WBEM_E_INVALID_PARAMETER`, as for the qualifier. */
export function namespaceDescriptor(sddl: string): SecurityDescriptor {
  const descriptor = parsed(sddl);
  checkNamespaceDescriptor(descriptor);
  return descriptor;
}

function parsed(text: string): SecurityDescriptor {
  try {
    return parseSddl(text);
  } catch (cause) {
    if (cause instanceof ParseError) throw invalid(cause.message, cause);
    throw cause;
  }
}

function invalid(message: string, cause?: unknown): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `${NAME}: ${message}`, { cause });
}
