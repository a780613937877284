import { type CallOptions, WmisecError } from '@wmisec/wbem';
import { setRequiresEncryption } from '../namespace/requires-encryption.ts';
import { setNamespaceDescriptor } from '../namespace/system-security.ts';
import { type NamespaceChange, type OpenNamespace, planPolicy } from './plan-policy.ts';
import type { Policy } from './policy.ts';
import { backupOf, type PolicyBackup } from './policy-backup.ts';

export interface ApplyOptions extends CallOptions {
  /** Keeps what is needed to roll back; called once, before anything is written, and awaited. */
  readonly saveBackup: (backup: PolicyBackup) => Promise<void>;
}

/**
 * Brings namespaces to what a policy wants, then plans again: nothing may be left. Applying twice changes
 * nothing the second time.
 * @returns the changes that were made.
 * @throws WmisecError `POLICY_NOT_IN_FORCE` when the service took a change and does not show it.
 */
export async function applyPolicy(
  policy: Policy,
  open: OpenNamespace,
  options: ApplyOptions,
): Promise<NamespaceChange[]> {
  const changes = (await planPolicy(policy, open, options)).filter(({ lines }) => lines.length > 0);
  if (changes.length === 0) return [];
  await options.saveBackup(backupOf(changes));
  for (const change of changes) await applyChange(change, open, options);
  const drift = (await planPolicy(policy, open, options)).find(({ lines }) => lines.length > 0);
  if (drift === undefined) return changes;
  throw new WmisecError(
    'POLICY_NOT_IN_FORCE',
    `${drift.namespace}: written, but read back as: ${drift.lines.join('; ')}`,
  );
}

async function applyChange(
  { namespace, after, encryption }: NamespaceChange,
  open: OpenNamespace,
  options: CallOptions,
): Promise<void> {
  await using services = await open(namespace);
  await setNamespaceDescriptor(services, after, options);
  if (encryption.before !== encryption.after)
    await setRequiresEncryption(services, encryption.after, options);
}
