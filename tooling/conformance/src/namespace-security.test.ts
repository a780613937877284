import {
  ABSENT_ACL,
  createNamespace,
  formatSddl,
  getNamespaceDescriptor,
  getNamespaceSecurity,
  parseSddl,
  setNamespaceSecurity,
} from '@wmisec/access';
import { connect } from '@wmisec/auth';
import { createService, type EmbeddedService } from '@wmisec/embedded';
import type { WbemServices } from '@wmisec/wbem';
import { expect, test } from 'vitest';

const OWN = 'O:BAG:BAD:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;;CC;;;BU)';

async function openRoot(service: EmbeddedService): Promise<WbemServices> {
  return (await connect('root', { transport: service.transport() })).services;
}

test('rules 9.5: a namespace is created with its descriptor, and an existing one is given another', async () => {
  await using service = await createService();
  await using root = await openRoot(service);
  await createNamespace(root, 'acme', parseSddl(OWN));
  await using acme = await root.openNamespace('acme');
  expect(formatSddl(await getNamespaceDescriptor(acme))).toContain(
    'D:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;;CC;;;BU)(A;CIID;',
  );
  await createNamespace(root, 'acme', parseSddl('O:BAG:BAD:(A;;CC;;;BG)'));
  expect(formatSddl(await getNamespaceDescriptor(acme))).toContain('D:(A;;CC;;;BG)(A;CIID;');
});

test('rules 9.5: a descriptor that breaks a rule is refused, and no namespace is made', async () => {
  await using service = await createService();
  await using root = await openRoot(service);
  await expect(createNamespace(root, 'acme', parseSddl('O:BAG:BAD:(A;;LC;;;BU)'))).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_PARAMETER',
  });
  await expect(root.openNamespace('acme')).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE' });
});

test('rules 9.3: the descriptor that is spelled out is the one in bytes, and goes back the same way', async () => {
  await using service = await createService();
  await using root = await openRoot(service);
  const before = await getNamespaceSecurity(root);
  expect(formatSddl({ ...before, sacl: ABSENT_ACL })).toBe(formatSddl(await getNamespaceDescriptor(root)));
  await setNamespaceSecurity(root, { ...before, ...parseSddl(OWN), sacl: ABSENT_ACL });
  expect(formatSddl(await getNamespaceDescriptor(root))).toBe(OWN);
});

test('AC-9.10 a descriptor without a DACL leaves the one in force', async () => {
  await using service = await createService();
  await using root = await openRoot(service);
  const before = formatSddl(await getNamespaceDescriptor(root));
  await setNamespaceSecurity(root, {
    owner: null,
    group: null,
    dacl: ABSENT_ACL,
    sacl: ABSENT_ACL,
    control: 0,
  });
  expect(formatSddl(await getNamespaceDescriptor(root))).toBe(before);
});
