import type { CallOptions, WbemServices } from '@wmisec/wbem';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { diffDescriptors } from '../inherit/diff-descriptors.ts';
import { ownAces } from '../namespace/check-namespace-descriptor.ts';
import { getRequiresEncryption } from '../namespace/requires-encryption.ts';
import { getNamespaceDescriptor } from '../namespace/system-security.ts';
import { desiredDescriptor } from './desired-descriptor.ts';
import type { NamespacePolicy, Policy } from './policy.ts';

/** Connects to a namespace by its full path. The plan disposes what it is given. */
export type OpenNamespace = (namespace: string) => Promise<WbemServices>;

/** What a policy would change in one namespace; `lines` is empty when it is as the policy wants it. */
export interface NamespaceChange {
  readonly namespace: string;
  /** In force now, inherited entries included. */
  readonly before: SecurityDescriptor;
  /** The namespace's own entries as the policy wants them. */
  readonly after: SecurityDescriptor;
  readonly encryption: { readonly before: boolean; readonly after: boolean };
  /** The changes in words. */
  readonly lines: readonly string[];
}

/**
 * Compares what is with what a policy wants. Nothing is written. Lines that are left are drift.
 * @throws WbemError what reading a descriptor throws.
 */
export async function planPolicy(
  policy: Policy,
  open: OpenNamespace,
  options?: CallOptions,
): Promise<NamespaceChange[]> {
  const changes: NamespaceChange[] = [];
  for (const rule of policy.namespaces) {
    await using services = await open(rule.namespace);
    changes.push(await planNamespace(services, rule, options));
  }
  return changes;
}

async function planNamespace(
  services: WbemServices,
  rule: NamespacePolicy,
  options?: CallOptions,
): Promise<NamespaceChange> {
  const before = await getNamespaceDescriptor(services, options);
  const after = desiredDescriptor(before, rule);
  const required = await getRequiresEncryption(services, options);
  const encryption = { before: required, after: rule.requiresEncryption ?? required };
  const lines = [...diffDescriptors(ownPart(before), after), ...encryptionLines(encryption)];
  return { namespace: rule.namespace, before, after, encryption, lines };
}

function ownPart(descriptor: SecurityDescriptor): SecurityDescriptor {
  const { dacl } = descriptor;
  return dacl.kind === 'list'
    ? { ...descriptor, dacl: { kind: 'list', aces: ownAces(dacl.aces) } }
    : descriptor;
}

function encryptionLines({ before, after }: NamespaceChange['encryption']): string[] {
  return before === after ? [] : [`RequiresEncryption: ${before} becomes ${after}`];
}
