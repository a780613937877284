import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the example of permanent subscriptions in the README runs and prints what the README shows', async () => {
  const section = read('../../README.md').split('## Permanent subscriptions\n')[1]!;
  const [, code, output] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(section)!;
  expect(code).toBe(read('./subscriptions.example.ts'));

  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)));
  await import('./subscriptions.example.ts');
  log.mockRestore();
  expect(`${lines.join('\n')}\n`).toBe(output);
});
