import { connect } from '@wmisec/auth';
import { createService, type EmbeddedService } from '@wmisec/embedded';
import { audit, openFindings } from '@wmisec/events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PERSISTENCE_PATTERNS, plantPattern } from './persistence-patterns.ts';

let service: EmbeddedService;

beforeEach(async () => {
  service = await createService({ providers: [] });
});

afterEach(() => service[Symbol.asyncDispose]());

const namespace = (path: string) => connect(path, { transport: service.transport() });

async function auditAll() {
  await using root = await namespace('root');
  return await audit(root);
}

test('an audit of a service that nobody has touched finds nothing', async () => {
  expect(await auditAll()).toMatchObject({ subscriptions: 0, findings: [] });
});

describe('an audit finds the persistence patterns of public write-ups (MITRE T1546.003)', () => {
  test.each(PERSISTENCE_PATTERNS.map((pattern) => [pattern.name, pattern] as const))(
    '%s',
    async (_, pattern) => {
      await using connection = await namespace(pattern.namespace ?? 'root\\subscription');
      await plantPattern(connection.services, pattern);
      const report = await auditAll();
      const rules = [...new Set(report.findings.map(({ rule }) => rule))].sort();
      expect(rules).toEqual([...pattern.rules].sort());
      expect(openFindings(report).length === 0).toBe(pattern.rules.length === 0);
    },
  );
});

test('all of them in one service are found one by one', async () => {
  for (const pattern of PERSISTENCE_PATTERNS) {
    await using connection = await namespace(pattern.namespace ?? 'root\\subscription');
    await plantPattern(connection.services, pattern);
  }
  const { findings } = await auditAll();
  const found = new Set(findings.map(({ rule }) => rule));
  for (const rule of PERSISTENCE_PATTERNS.flatMap(({ rules }) => rules)) expect(found).toContain(rule);
});
