import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, it, vi } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example of the README of provider runs and prints what the README shows', async () => {
  const readme = read('../../../packages/provider/README.md');
  const [, code, output] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(readme)!;
  expect(code).toBe(read('./provider-readme.example.ts'));

  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)));
  await import('./provider-readme.example.ts');
  log.mockRestore();
  expect(`${lines.join('\n')}\n`).toBe(output);
});
