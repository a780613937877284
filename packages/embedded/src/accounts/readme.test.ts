import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the example of accounts in the README runs and prints what the README shows', async () => {
  const section = read('../../README.md').split('## Accounts\n')[1]!;
  const [, code, output] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(section)!;
  expect(code).toBe(read('./accounts.example.ts'));

  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)));
  await import('./accounts.example.ts');
  log.mockRestore();
  expect(`${lines.join('\n')}\n`).toBe(output);
});
