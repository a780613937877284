import {
  ABSENT_ACL,
  callerAccessRights,
  checkNamespaceDescriptor,
  decodeSecurityDescriptor,
  encodeSecurityDescriptor,
  fromDescriptorInstance,
  hasPrivilege,
  type NamespaceOperation,
  namespaceRights,
  type SecurityDescriptor,
  toDescriptorInstance,
} from '@wmisec/access';
import {
  type CimValue,
  isCimObject,
  type MethodResult,
  ParseError,
  type PropertyBag,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { StoredNamespace } from '../repository/repository.ts';
import type { ServerCall } from '../server/server-call.ts';
import { descriptorClasses } from '../system-classes/security-classes.ts';
import type { NamespaceTree } from './namespace-tree.ts';
import { withOwnDacl } from './own-descriptor.ts';

/** What Get- and SetSecurityDescriptor return beside 0. @see docs/rules.md 9.3 */
const Returned = { Success: 0, AccessDenied: 2, PrivilegeNotHeld: 9, InvalidParameter: 21 } as const;

/** A method of `__SystemSecurity` on one namespace. The gates have let the call in. */
type SecurityMethod = (
  tree: NamespaceTree,
  namespace: StoredNamespace,
  inParams: PropertyBag,
  call: ServerCall,
) => MethodResult | Promise<MethodResult>;

/** The methods by name; those that are disabled never get here. */
export const securityMethods: Readonly<Record<string, SecurityMethod>> = {
  GetCallerAccessRights,
  GetSD,
  SetSD,
  GetSecurityDescriptor,
  SetSecurityDescriptor,
};

function GetCallerAccessRights(
  tree: NamespaceTree,
  namespace: StoredNamespace,
  _inParams: PropertyBag,
  { principal }: ServerCall,
): MethodResult {
  const descriptor = tree.preparedDescriptor(namespace);
  return returned(0, { rights: callerAccessRights(principal, { descriptor }) | 0 });
}

/** Owner, group and DACL, with the entries that the namespace inherits. */
function GetSD(tree: NamespaceTree, namespace: StoredNamespace): MethodResult {
  const descriptor = { ...tree.descriptorInForce(namespace), sacl: ABSENT_ACL };
  return returned(0, { SD: Array.from(encodeSecurityDescriptor(descriptor)) });
}

/** Takes over the DACL's own entries, in their order; owner and group have to be there and are not taken over. */
async function SetSD(
  tree: NamespaceTree,
  { path, descriptor }: StoredNamespace,
  { SD }: PropertyBag,
): Promise<MethodResult> {
  const given = decoded(SD);
  checkNamespaceDescriptor(given);
  await tree.update(path, { descriptor: withOwnDacl(descriptor, given) });
  return returned(0);
}

function GetSecurityDescriptor(
  tree: NamespaceTree,
  namespace: StoredNamespace,
  _inParams: PropertyBag,
  call: ServerCall,
): MethodResult {
  if (!allows(tree, namespace, 'readSecurity', call))
    return returned(Returned.AccessDenied, { Descriptor: null });
  const inForce = tree.descriptorInForce(namespace);
  const visible = maySeeSacl(call) ? inForce : { ...inForce, sacl: ABSENT_ACL };
  return returned(Returned.Success, { Descriptor: toDescriptorInstance(visible, descriptorClasses) });
}

/** The control flags select what is replaced; a null owner, group or SACL leaves what was there. */
async function SetSecurityDescriptor(
  tree: NamespaceTree,
  namespace: StoredNamespace,
  { Descriptor }: PropertyBag,
  call: ServerCall,
): Promise<MethodResult> {
  if (!allows(tree, namespace, 'writeSecurity', call)) return returned(Returned.AccessDenied);
  const given = spelledOut(Descriptor);
  if (given === null) return returned(Returned.InvalidParameter);
  if (given.sacl.kind !== 'absent' && !maySeeSacl(call)) return returned(Returned.PrivilegeNotHeld);
  const merged = quietly(() => mergedDescriptor(namespace.descriptor, given));
  if (merged === null) return returned(Returned.InvalidParameter);
  await tree.update(namespace.path, { descriptor: merged });
  return returned(Returned.Success);
}

function mergedDescriptor(before: SecurityDescriptor, given: SecurityDescriptor): SecurityDescriptor {
  const owner = given.owner ?? before.owner;
  const group = given.group ?? before.group;
  if (given.dacl.kind !== 'absent') checkNamespaceDescriptor({ ...given, owner, group });
  const merged = given.dacl.kind === 'absent' ? before : withOwnDacl(before, given);
  return { ...merged, owner, group, sacl: given.sacl.kind === 'list' ? given.sacl : before.sacl };
}

/** null for what is no descriptor. */
function spelledOut(value: CimValue | undefined): SecurityDescriptor | null {
  if (!isCimObject(value) || value.kind !== 'instance') return null;
  return quietly(() => fromDescriptorInstance(value));
}

function decoded(bytes: CimValue | undefined): SecurityDescriptor {
  if (!Array.isArray(bytes)) throw invalidObject('expected the bytes of a descriptor, got null');
  try {
    return decodeSecurityDescriptor(Uint8Array.from(bytes as readonly number[]));
  } catch (cause) {
    if (cause instanceof ParseError) throw invalidObject(cause.message, cause);
    throw cause;
  }
}

function invalidObject(message: string, cause?: unknown): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT, `SetSD: ${message}`, { cause });
}

function allows(
  tree: NamespaceTree,
  namespace: StoredNamespace,
  operation: NamespaceOperation,
  { principal }: ServerCall,
): boolean {
  const request = { namespace: namespace.path, operation };
  return namespaceRights(principal, request, { descriptor: tree.preparedDescriptor(namespace) }).passed;
}

function maySeeSacl({ principal }: ServerCall): boolean {
  return hasPrivilege(principal.token, 'SeSecurityPrivilege');
}

function returned(returnValue: number, outParams: PropertyBag = {}): MethodResult {
  return { returnValue, outParams };
}

/** null for input that breaks a rule. */
function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof WbemError || error instanceof ParseError) return null;
    throw error;
  }
}
