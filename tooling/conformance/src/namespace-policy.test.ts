import {
  applyPolicy,
  formatSddl,
  getNamespaceDescriptor,
  getRequiresEncryption,
  type OpenNamespace,
  type PolicyBackup,
  parsePolicy,
  planPolicy,
  rollbackPolicy,
} from '@wmisec/access';
import { connect } from '@wmisec/auth';
import { createService, type EmbeddedService } from '@wmisec/embedded';
import { AuthnLevel } from '@wmisec/wbem';
import { expect, test } from 'vitest';

const MONITORING = 'S-1-5-21-1-2-3-1105';

const POLICY = parsePolicy(`
namespaces:
  root:
    allow:
      - { sid: ${MONITORING}, rights: [enable, remoteEnable], appliesTo: thisAndChildren }
  root\\cimv2:
    requiresEncryption: true
    deny:
      - { sid: S-1-5-32-546, rights: [enable] }
`);

function opener(service: EmbeddedService): OpenNamespace {
  return async (namespace) => (await connect(namespace, { transport: service.transport() })).services;
}

async function sddlOf(open: OpenNamespace, namespace: string): Promise<string> {
  await using services = await open(namespace);
  return formatSddl(await getNamespaceDescriptor(services));
}

test('a policy is applied to a service, reaches the namespaces below, and leaves nothing to do', async () => {
  await using service = await createService();
  const open = opener(service);
  const changes = await applyPolicy(POLICY, open, { saveBackup: async () => {} });
  expect(changes.map(({ namespace }) => namespace)).toEqual(['root', 'root\\cimv2']);
  expect(await sddlOf(open, 'root\\cimv2')).toMatch(/^O:BAG:BAD:\(D;;CC;;;BG\)/);
  expect(await sddlOf(open, 'root\\default')).toContain(`(A;CIID;CCWP;;;${MONITORING})`);
  expect((await planPolicy(POLICY, open)).flatMap(({ lines }) => lines)).toEqual([]);
});

test('encryption that a policy demands is enforced', async () => {
  await using service = await createService();
  await applyPolicy(POLICY, opener(service), { saveBackup: async () => {} });
  const weak = { transport: service.transport(), blanket: { authnLevel: AuthnLevel.PktIntegrity } };
  await using connection = await connect('root\\cimv2', weak);
  await expect(connection.services.getObject('Win32_Process')).rejects.toMatchObject({
    code: 'WBEM_E_ACCESS_DENIED',
    refusal: { gate: 'requires-encryption' },
  });
});

test('a backup brings the service back to what it was', async () => {
  await using service = await createService();
  const open = opener(service);
  const before = await Promise.all(
    ['root', 'root\\cimv2', 'root\\default'].map((name) => sddlOf(open, name)),
  );
  const backups: PolicyBackup[] = [];
  await applyPolicy(POLICY, open, { saveBackup: async (backup) => void backups.push(backup) });
  await rollbackPolicy(backups[0]!, open);
  expect(
    await Promise.all(['root', 'root\\cimv2', 'root\\default'].map((name) => sddlOf(open, name))),
  ).toEqual(before);
  await using services = await open('root\\cimv2');
  expect(await getRequiresEncryption(services)).toBe(false);
});
