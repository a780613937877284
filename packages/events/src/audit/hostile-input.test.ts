import { WmisecError } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSubscription } from '../subscriptions/check-subscription.ts';
import { splitCommandLine } from '../subscriptions/command-line.ts';
import type { SubscriptionSpec } from '../subscriptions/subscription-spec.ts';
import { templateFields } from '../subscriptions/template-fields.ts';
import { audit } from './audit.ts';
import { parseBaseline } from './baseline.ts';
import { formatAudit } from './format-audit.ts';
import { sarifLog } from './sarif-log.ts';
import { machine, plant } from './testing.ts';

/** Text as an intruder may write it: control characters, lone surrogates, quotes and percent signs. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('%', '"', '\\', ' ', '.', 'a', '-enc ', '\u0000', '\ud800', '\u202e') }),
  fc.constantFrom('constructor', '__proto__', 'toString', '%%', '"', ''),
);
const maybe = fc.option(text);

const kinds = fc.oneof(
  fc.record({ CommandLineTemplate: maybe, ExecutablePath: maybe }).map((consumer) => ({
    ...{ className: 'CommandLineEventConsumer', consumer },
  })),
  fc.record({ ScriptText: maybe, ScriptFileName: maybe, ScriptingEngine: maybe }).map((consumer) => ({
    ...{ className: 'ActiveScriptEventConsumer', consumer },
  })),
  fc.record({ Filename: maybe, Text: maybe }).map((consumer) => ({
    ...{ className: 'LogFileEventConsumer', consumer },
  })),
  fc.record({ ToLine: maybe, HeaderFields: fc.option(fc.array(text)) }).map((consumer) => ({
    ...{ className: 'SMTPEventConsumer', consumer },
  })),
);

test('whatever is in a subscription, the audit reports it, and the report is one', async () => {
  const planted = fc.record({ query: text, eventAccess: maybe, eventNamespace: maybe, kind: kinds });
  const references = fc.record({ Filter: text, Consumer: text });
  await fc.assert(
    fc.asyncProperty(planted, references, async ({ kind, ...subscription }, loose) => {
      const { root, subscription: namespace } = machine();
      plant(namespace, { ...subscription, ...kind });
      namespace.plant('__FilterToConsumerBinding', loose);
      const report = await audit(root);
      expect(report.findings.map(({ rule }) => rule)).toContain('broken-binding');
      for (const { fingerprint } of report.findings) expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
      expect(formatAudit(report).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(sarifLog([report]).runs[0]!.results).toHaveLength(report.findings.length);
    }),
  );
});

test('a fingerprint tells apart commands that differ anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      fc.pre(one !== other);
      const [a, b] = await Promise.all(
        [one, other].map(async (ExecutablePath) => {
          const { root, subscription } = machine();
          plant(subscription, { className: 'CommandLineEventConsumer', consumer: { ExecutablePath } });
          const { findings } = await audit(root);
          return findings.find(({ rule }) => rule === 'runs-command')?.fingerprint;
        }),
      );
      expect(a).not.toBe(b);
    }),
  );
});

test('any spec is taken or refused with a code', () => {
  const spec = fc.record(
    {
      ...{
        name: fc.anything(),
        query: fc.anything(),
        eventAccess: fc.anything(),
        deliveryQoS: fc.anything(),
      },
      consumer: fc.oneof(
        fc.anything(),
        fc.record({
          kind: fc.constantFrom('smtp', 'logFile', 'commandLine', 'custom'),
          toLine: fc.anything(),
        }),
      ),
    },
    { requiredKeys: [] },
  );
  const valid = { name: 'x', query: 'SELECT * FROM A', eventAccess: 'everyone' };
  fc.assert(
    fc.property(spec, (changes) => {
      try {
        checkSubscription({ ...valid, ...changes } as SubscriptionSpec);
      } catch (error) {
        expect(error).toBeInstanceOf(WmisecError);
      }
    }),
  );
});

test('any text is a baseline or refused as one', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.json()), (json) => {
      try {
        expect(parseBaseline(json).version).toBe(1);
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_BASELINE' });
      }
    }),
  );
});

test('a command line comes apart into what it was, without quotes and blanks', () => {
  const bare = (words: string) => words.replace(/["\s]/g, '');
  fc.assert(
    fc.property(text, (line) => {
      const { program, rest } = splitCommandLine(line);
      expect(bare(program + rest)).toBe(bare(line));
      expect(templateFields(line)).not.toContain('');
    }),
  );
});
