import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

test('the sample prints what its README shows', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, output] = /```text\n(.*?)```/s.exec(readme)!;
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)));
  await import('./main.ts');
  log.mockRestore();
  expect(`${lines.join('\n')}\n`).toBe(output);
});
