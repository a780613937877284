import {
  ABSENT_ACL,
  type Ace,
  AceFlags,
  AceType,
  NAMESPACE_FULL_CONTROL,
  NamespaceRight,
  type SecurityDescriptor,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';
import type { Repository, StoredNamespace } from '../repository/repository.ts';

const EVERYBODY_ELSE =
  NamespaceRight.WBEM_ENABLE | NamespaceRight.WBEM_METHOD_EXECUTE | NamespaceRight.WBEM_WRITE_PROVIDER;

/** The namespaces that a service always has. */
export const DEFAULT_NAMESPACES = [
  'root',
  'root\\cimv2',
  'root\\default',
  'root\\subscription',
  'root\\security',
] as const;

/**
 * What `root` lets whom do, and its children inherit: administrators everything, services and authenticated
 * users read, call methods and write to providers, from this machine only.
 * @see docs/rules.md 9.2
 */
export const ROOT_DESCRIPTOR: SecurityDescriptor = descriptorOf([
  allow(WellKnownSid.Administrators, NAMESPACE_FULL_CONTROL),
  allow(WellKnownSid.NetworkService, EVERYBODY_ELSE),
  allow(WellKnownSid.LocalService, EVERYBODY_ELSE),
  allow(WellKnownSid.AuthenticatedUser, EVERYBODY_ELSE),
]);

/** A namespace with no entries of its own: what counts is what it inherits. */
export const INHERITING_DESCRIPTOR: SecurityDescriptor = descriptorOf([]);

/** Adds the default namespaces that the repository lacks. */
export async function addDefaultNamespaces(repository: Repository): Promise<void> {
  const missing = DEFAULT_NAMESPACES.filter((path) => repository.getNamespace(path) === undefined);
  if (missing.length === 0) return;
  await repository.transact((writer) => {
    for (const path of missing) writer.putNamespace(defaultNamespace(path));
  });
}

function defaultNamespace(path: string): StoredNamespace {
  const descriptor = path === 'root' ? ROOT_DESCRIPTOR : INHERITING_DESCRIPTOR;
  return { path, descriptor, requiresEncryption: false };
}

function descriptorOf(aces: readonly Ace[]): SecurityDescriptor {
  return {
    owner: WellKnownSid.Administrators,
    group: WellKnownSid.Administrators,
    dacl: { kind: 'list', aces },
    sacl: ABSENT_ACL,
    control: 0,
  };
}

function allow(sid: Sid, mask: number): Ace {
  return { type: AceType.AccessAllowed, flags: AceFlags.ContainerInherit, mask, sid };
}
