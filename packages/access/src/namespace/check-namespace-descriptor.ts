import { WbemError, WbemStatus } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { NAMESPACE_FULL_CONTROL, NamespaceRight, namespaceRightNames } from './namespace-rights.ts';

const { WBEM_FULL_WRITE_REP, WBEM_PARTIAL_WRITE_REP, WBEM_WRITE_PROVIDER } = NamespaceRight;
const WITH_FULL_WRITE = WBEM_PARTIAL_WRITE_REP | WBEM_WRITE_PROVIDER;
const KNOWN_FLAGS =
  AceFlags.ObjectInherit |
  AceFlags.ContainerInherit |
  AceFlags.NoPropagateInherit |
  AceFlags.InheritOnly |
  AceFlags.Inherited;

/**
 * The rules that `SetSD` puts on a namespace's descriptor. ACEs marked as inherited are not judged: the service
 * leaves them out, because what `GetSD` gave is normally edited and sent back.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER` that names the rule and the ACE.
 * @see docs/rules.md 9.3
 */
export function checkNamespaceDescriptor({ owner, group, dacl }: SecurityDescriptor): void {
  if (dacl.kind !== 'list') {
    throw refused(
      `a DACL is required, because ${dacl.kind === 'null' ? 'a null one' : 'none'} lets everybody in`,
    );
  }
  if (owner === null || group === null) throw refused('an owner and a group are required');
  dacl.aces.forEach((ace, index) => {
    const broken = isInherited(ace) ? null : brokenRule(ace);
    if (broken !== null) throw refused(`ACE ${index} of the DACL ${broken}`);
  });
}

/** The ACEs of the namespace itself: those that did not come from its parent. */
export function ownAces(aces: readonly Ace[]): Ace[] {
  return aces.filter((ace) => !isInherited(ace));
}

function brokenRule({ type, flags, mask }: Ace): string | null {
  if (type !== AceType.AccessAllowed && type !== AceType.AccessDenied) {
    return `has the type ${type}; a namespace takes allow (0) and deny (1)`;
  }
  if ((flags & ~KNOWN_FLAGS) !== 0)
    return `has the flags ${hex(flags)}; a namespace takes those in ${hex(KNOWN_FLAGS)}`;
  if ((flags & AceFlags.InheritOnly) !== 0 && (flags & AceFlags.ContainerInherit) === 0) {
    return 'is inherit-only without container-inherit, so it is for nobody';
  }
  const unknown = (mask & ~NAMESPACE_FULL_CONTROL) >>> 0;
  if (unknown !== 0)
    return `has ${namespaceRightNames(unknown).join(' and ')}, which is no right of a namespace`;
  if ((mask & WBEM_FULL_WRITE_REP) !== 0 && (mask & WITH_FULL_WRITE) !== WITH_FULL_WRITE) {
    return 'has WBEM_FULL_WRITE_REP without WBEM_PARTIAL_WRITE_REP and WBEM_WRITE_PROVIDER';
  }
  return null;
}

function isInherited({ flags }: Ace): boolean {
  return (flags & AceFlags.Inherited) !== 0;
}

function refused(rule: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_PARAMETER, `namespace descriptor refused: ${rule}`, {
    operation: 'SetSD',
  });
}

function hex(value: number): string {
  return `0x${value.toString(16).toUpperCase()}`;
}
