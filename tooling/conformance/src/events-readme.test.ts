import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../../../packages/events/README.md');
const examples = [...readme.matchAll(/```ts\n(.*?)```.*?```text\n(.*?)```/gs)];

test.each(['./events-readme.example.ts', './events-receive.example.ts', './events-subscriptions.example.ts'])(
  'the example of the README of events in %s runs and prints what the README shows',
  async (path) => {
    const [, , output] = examples.find(([, code]) => code === read(path))!;
    const lines: string[] = [];
    const log = vi
      .spyOn(console, 'log')
      .mockImplementation((...values) => void lines.push(format(...values)));
    await import(path);
    log.mockRestore();
    expect(`${lines.join('\n')}\n`).toBe(output);
  },
);
