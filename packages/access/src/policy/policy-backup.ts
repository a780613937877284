import { type CallOptions, WmisecError } from '@wmisec/wbem';
import * as v from 'valibot';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import { setRequiresEncryption } from '../namespace/requires-encryption.ts';
import { setNamespaceDescriptor } from '../namespace/system-security.ts';
import type { NamespaceChange, OpenNamespace } from './plan-policy.ts';

const Backup = v.strictObject({
  version: v.literal(1),
  namespaces: v.array(
    v.strictObject({
      namespace: v.string(),
      /** The self-relative descriptor as it was, in hex. */
      descriptor: v.pipe(v.string(), v.regex(/^([0-9a-f]{2})+$/, 'hex')),
      requiresEncryption: v.boolean(),
    }),
  ),
});

/** What namespaces were before a policy was applied, ready to be written as JSON. */
export type PolicyBackup = v.InferOutput<typeof Backup>;

export function backupOf(changes: readonly NamespaceChange[]): PolicyBackup {
  const namespaces = changes.map(({ namespace, before, encryption }) => ({
    namespace,
    descriptor: Buffer.from(encodeSecurityDescriptor(before)).toString('hex'),
    requiresEncryption: encryption.before,
  }));
  return { version: 1, namespaces };
}

/** @throws WmisecError `INVALID_BACKUP` that says where and what was expected. */
export function parsePolicyBackup(text: string): PolicyBackup {
  const result = v.safeParse(Backup, parseJson(text));
  if (result.success) return result.output;
  const where = v.getDotPath(result.issues[0]);
  throw new WmisecError(
    'INVALID_BACKUP',
    `backup: ${where === null ? '' : `${where}: `}${result.issues[0].message}`,
  );
}

/** Gives each namespace back the descriptor of the backup. */
export async function rollbackPolicy(
  backup: PolicyBackup,
  open: OpenNamespace,
  options?: CallOptions,
): Promise<void> {
  for (const { namespace, descriptor, requiresEncryption } of backup.namespaces) {
    await using services = await open(namespace);
    await setNamespaceDescriptor(services, decodeSecurityDescriptor(Buffer.from(descriptor, 'hex')), options);
    await setRequiresEncryption(services, requiresEncryption, options);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WmisecError('INVALID_BACKUP', 'backup: expected JSON, got something else', { cause });
  }
}
