import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { beforeEach, expect, test } from 'vitest';
import { audit } from './audit.ts';
import { type AuditReport, openFindings } from './audit-report.ts';
import { baselineOf } from './baseline.ts';
import { sarifLog } from './sarif-log.ts';
import { machine, plant } from './testing.ts';

// The schema's pattern for languages is none under the flag `u`.
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

function requireValid(log: unknown): void {
  isValid(JSON.parse(JSON.stringify(log)));
  expect(isValid.errors ?? []).toEqual([]);
}

let report: AuditReport;

beforeEach(async () => {
  const { root, subscription } = machine();
  plant(subscription, {
    className: 'CommandLineEventConsumer',
    consumer: { CommandLineTemplate: 'powershell -w hidden -c "x"\u0000\u202e' },
    eventAccess: null,
    eventNamespace: 'root\\cimv2',
  });
  plant(subscription, { name: 'accepted', className: 'Acme_Pager' });
  subscription.sddl = 'O:BAG:BAD:NO_ACCESS_CONTROL';
  const { findings, ...rest } = await audit(root);
  const baseline = baselineOf([
    { ...rest, findings: findings.filter(({ subject }) => /accepted/.test(subject ?? '')) },
  ]);
  report = await audit(root, { host: 'HOST', baseline });
});

test('the schema would notice a log that is none', () => {
  const log = sarifLog([report]);
  expect(isValid({ ...log, version: '2.0' })).toBe(false);
  expect(isValid({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'critical' }] }] })).toBe(false);
});

test('a log with findings, an empty one and one of many machines keep the schema', () => {
  requireValid(sarifLog([report], { version: '1.2.3' }));
  requireValid(sarifLog([]));
  requireValid(sarifLog([report, { ...report, host: null }, { ...report, host: 'OTHER', findings: [] }]));
});

test('a result names its rule, the object and the machine, and is found again by its fingerprint', () => {
  const [run] = sarifLog([report]).runs;
  const result = run!.results.find(({ ruleId }) => ruleId === 'suspicious-command')!;
  expect(result).toMatchObject({
    level: 'error',
    partialFingerprints: { 'wmisec/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
    locations: [
      {
        logicalLocations: [
          {
            fullyQualifiedName: '\\\\HOST\\root\\subscription:CommandLineEventConsumer.Name="x"',
            kind: 'object',
          },
        ],
      },
    ],
  });
  expect(run!.tool.driver.rules[result.ruleIndex]).toMatchObject({ id: 'suspicious-command' });
});

test('every rule is one of ways into T1546.003', () => {
  const [run] = sarifLog([report]).runs;
  const [taxonomy] = run!.taxonomies;
  for (const { relationships, properties } of run!.tool.driver.rules) {
    expect(properties.tags).toContain('T1546.003');
    expect(taxonomy!.taxa[relationships[0]!.target.index]).toMatchObject({ id: 'T1546.003' });
  }
});

test('what is accepted is suppressed, what is open is not', () => {
  const [run] = sarifLog([report]).runs;
  const suppressed = run!.results.filter((result) => 'suppressions' in result);
  expect(suppressed).toMatchObject([
    { ruleId: 'unknown-consumer-class', suppressions: [{ status: 'accepted' }] },
  ]);
  expect(run!.results.filter(({ kind }) => kind === 'informational')).toHaveLength(1);
  expect(run!.results).toHaveLength(openFindings(report).length + 2);
});

test('a name that an intruder chose is no link', async () => {
  const { root, subscription } = machine();
  plant(subscription, { name: '[mend it](http://evil)', className: 'Acme_Pager' });
  const [run] = sarifLog([await audit(root)]).runs;
  for (const { message } of run!.results) expect(message.text).not.toMatch(/\]\(/);
  expect(run!.results[0]!.message.text).toContain('[mend it] (http://evil)');
});
