import { readFileSync } from 'node:fs';
import { RULES } from '@wmisec/events';
import { expect, test } from 'vitest';

test('docs/subscription-audit.md has every rule as it is', () => {
  const text = readFileSync(new URL('../../../docs/subscription-audit.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(
    Object.entries(RULES).map(
      ([id, { severity, title, why, fix }]) => `| \`${id}\` | ${severity} | ${title} | ${why} | ${fix} |`,
    ),
  );
});
