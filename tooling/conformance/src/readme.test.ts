import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example of the README runs, and lists this process', async () => {
  const [, code] = /```ts\n(.*?)```/s.exec(read('../../../README.md'))!;
  expect(code).toBe(read('./readme.example.ts'));

  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('./readme.example.ts');
  const printed = log.mock.calls;
  log.mockRestore();
  expect(printed.map(([pid]) => pid)).toContain(process.pid);
  expect(printed.at(-1)).toEqual(['services', expect.objectContaining({ authnLevel: 6, impLevel: 3 })]);
});
