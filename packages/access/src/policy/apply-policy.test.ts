import { expect, test } from 'vitest';
import { formatSddl } from '../sddl/format-sddl.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import { applyPolicy } from './apply-policy.ts';
import { FakeNamespaces } from './fake-namespaces.ts';
import { parsePolicy } from './parse-policy.ts';
import { planPolicy } from './plan-policy.ts';
import { type PolicyBackup, parsePolicyBackup, rollbackPolicy } from './policy-backup.ts';

const ROOT = 'O:BAG:BAD:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCRP;;;AU)';
const MONITORING = 'S-1-5-21-1-2-3-1105';

function namespaces(own = 'O:BAG:BAD:'): FakeNamespaces {
  return new FakeNamespaces()
    .add('root', parseSddl(ROOT))
    .add('root\\cimv2', parseSddl(own))
    .add('root\\cimv2\\sub', parseSddl('O:BAG:BAD:'));
}

function policy(rule: string): ReturnType<typeof parsePolicy> {
  return parsePolicy(`namespaces:\n  root\\cimv2:\n${rule.replace(/^/gm, '    ')}`);
}

const GRANT = policy(
  `allow:\n  - { sid: ${MONITORING}, rights: [enable, remoteEnable], appliesTo: thisAndChildren }`,
);

async function apply(
  wanted: ReturnType<typeof parsePolicy>,
  on: FakeNamespaces,
): Promise<PolicyBackup | null> {
  let saved: PolicyBackup | null = null;
  await applyPolicy(wanted, on.open, {
    saveBackup: async (backup) => {
      saved = backup;
    },
  });
  return saved;
}

test('an entry is matched by its SID, whatever name the account has there', async () => {
  const on = namespaces(`O:BAG:BAD:(A;;CC;;;${MONITORING})`);
  await apply(GRANT, on);
  expect(formatSddl(on.inForce('root\\cimv2'))).toBe(
    `O:BAG:BAD:(A;CI;CCWP;;;${MONITORING})(A;CIID;CCDCLCSWRPWPRCWD;;;BA)(A;CIID;CCDCRP;;;AU)`,
  );
});

test('applying twice changes nothing the second time', async () => {
  const on = namespaces();
  await apply(GRANT, on);
  const writes = on.writes;
  expect(await apply(GRANT, on)).toBeNull();
  expect(on.writes).toBe(writes);
});

test('a denial goes before every allowance, also one that was there', async () => {
  const on = namespaces('O:BAG:BAD:(A;;CC;;;BU)');
  await apply(policy(`deny:\n  - { sid: S-1-5-32-546, rights: [enable] }`), on);
  expect(formatSddl(on.inForce('root\\cimv2'))).toContain('D:(D;;CC;;;BG)(A;;CC;;;BU)');
});

test('a grant to children reaches the namespaces below', async () => {
  const on = namespaces();
  await apply(GRANT, on);
  expect(formatSddl(on.inForce('root\\cimv2\\sub'))).toContain(`(A;CIID;CCWP;;;${MONITORING})`);
});

test('drift is found and told in words, and nothing is written by a plan', async () => {
  const on = namespaces();
  await apply(GRANT, on);
  on.add('root\\cimv2', parseSddl(`O:BAG:BAD:(A;CI;CC;;;${MONITORING})`));
  const writes = on.writes;
  const [change] = await planPolicy(GRANT, on.open);
  expect(change!.lines.join('\n')).toContain(MONITORING);
  expect(on.writes).toBe(writes);
});

test('exact leaves no other entry of its own; add leaves them alone', async () => {
  const rule = `allow:\n  - { sid: ${MONITORING}, rights: [enable] }`;
  const [add, exact] = [namespaces('O:BAG:BAD:(A;;CC;;;BU)'), namespaces('O:BAG:BAD:(A;;CC;;;BU)')];
  await apply(policy(rule), add);
  await apply(policy(`mode: exact\n${rule}`), exact);
  expect(formatSddl(add.inForce('root\\cimv2'))).toContain('(A;;CC;;;BU)');
  expect(formatSddl(exact.inForce('root\\cimv2'))).not.toContain(';BU)');
});

test('a backup brings everything back, encryption too', async () => {
  const on = namespaces('O:BAG:BAD:(A;;CC;;;BU)');
  const before = formatSddl(on.inForce('root\\cimv2'));
  const backup = await apply(policy('requiresEncryption: true\nrevoke: [S-1-5-32-545]'), on);
  expect(on.requiresEncryption('root\\cimv2')).toBe(true);
  expect(formatSddl(on.inForce('root\\cimv2'))).not.toBe(before);
  await rollbackPolicy(parsePolicyBackup(JSON.stringify(backup)), on.open);
  expect(formatSddl(on.inForce('root\\cimv2'))).toBe(before);
  expect(on.requiresEncryption('root\\cimv2')).toBe(false);
});

test('nothing is written when the backup cannot be kept', async () => {
  const on = namespaces();
  const saveBackup = async () => Promise.reject(new Error('disk full'));
  await expect(applyPolicy(GRANT, on.open, { saveBackup })).rejects.toThrow('disk full');
  expect(on.writes).toBe(0);
});

test('a service that takes a change and does not keep it is found out', async () => {
  const on = namespaces();
  const deaf = new FakeNamespaces().add('root\\cimv2', parseSddl('O:BAG:BAD:'));
  let opened = 0;
  const open = (path: string) => (opened++ === 1 ? deaf : on).open(path);
  await expect(applyPolicy(GRANT, open, { saveBackup: async () => {} })).rejects.toMatchObject({
    code: 'POLICY_NOT_IN_FORCE',
  });
});

test('a policy that breaks a rule of SetSD is refused before anything is written', async () => {
  const on = namespaces();
  const wanted = policy(`allow:\n  - { sid: ${MONITORING}, rights: [WBEM_FULL_WRITE_REP] }`);
  await expect(apply(wanted, on)).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' });
  expect(on.writes).toBe(0);
});
