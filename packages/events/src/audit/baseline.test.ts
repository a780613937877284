import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeNamespace } from '../subscriptions/testing.ts';
import { audit } from './audit.ts';
import { openFindings } from './audit-report.ts';
import { baselineOf, parseBaseline } from './baseline.ts';
import { commandLine, machine, type Planted, plant, script } from './testing.ts';

let root: FakeNamespace;
let subscription: FakeNamespace;

beforeEach(() => {
  ({ root, subscription } = machine());
});

describe('baselines', () => {
  const open = async (baseline?: ReturnType<typeof parseBaseline>) =>
    openFindings(await audit(root, { baseline })).map(({ rule }) => rule);

  test('what is accepted does not count, in any order and on any machine', async () => {
    plant(subscription, { name: 'a', ...script('x = 1') });
    plant(subscription, { name: 'b', ...commandLine('agent.exe') });
    const baseline = parseBaseline(JSON.stringify(baselineOf([await audit(root, { host: 'HOST' })])));
    const entries = [...subscription.instances].reverse();
    subscription.instances.clear();
    for (const [path, { properties, ...rest }] of entries) {
      const turned = Object.fromEntries(Object.entries(properties).reverse());
      subscription.instances.set(path, { ...rest, properties: turned });
    }
    expect(await open(baseline)).toEqual([]);
    expect(await open()).not.toEqual([]);
  });

  test.each<[string, Planted]>([
    ['the command', commandLine('agent.exe -y')],
    ['the query', { ...commandLine('agent.exe -x'), query: 'SELECT * FROM Other' }],
    ['the access', { ...commandLine('agent.exe -x'), eventAccess: 'O:BAG:BAD:(A;;LO;;;SY)' }],
  ])('a change of %s is found again', async (_, changed) => {
    plant(subscription, commandLine('agent.exe -x'));
    const baseline = baselineOf([await audit(root)]);
    plant(subscription, changed);
    expect(await open(baseline)).toContain('runs-command');
  });

  test.each(['', '{}', '{"version":2}', '{"version":1,"accepted":[{"fingerprint":"x"}]}', '[', 'null'])(
    '%j is no baseline',
    (text) => {
      expect(() => parseBaseline(text)).toThrow(expect.objectContaining({ code: 'INVALID_BASELINE' }));
    },
  );
});
