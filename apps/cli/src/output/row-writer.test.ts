import { expect, test } from 'vitest';
import { testIo } from '../test-io.ts';
import { type Format, type Row, rowWriter } from './row-writer.ts';

const ROWS: Row[] = [
  { Name: 'init', Size: 9007199254740993n, Path: null, Args: ['a', 'b'] },
  { Name: 'say "hi", then\nleave', Size: 0n, Path: '/bin/x', Args: null },
];

async function written(format: Format, rows: readonly Row[], columns: number | null = null): Promise<string> {
  const io = testIo({ columns });
  const writer = rowWriter(format, io);
  for (const row of rows) await writer.row(row);
  await writer.end();
  return io.stdoutText();
}

test('JSON is one array, and 64-bit integers keep every digit as strings', async () => {
  expect(JSON.parse(await written('json', ROWS))).toEqual([
    { Name: 'init', Size: '9007199254740993', Path: null, Args: ['a', 'b'] },
    { Name: 'say "hi", then\nleave', Size: '0', Path: '/bin/x', Args: null },
  ]);
});

test('no rows are still JSON', async () => {
  expect(await written('json', [])).toBe('[]\n');
  expect(await written('jsonl', [])).toBe('');
});

test('JSON lines has one object a line', async () => {
  const lines = (await written('jsonl', ROWS)).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).Name)).toEqual(['init', 'say "hi", then\nleave']);
});

test('RFC 4180: CSV has a header, CRLF, and quotes what needs it', async () => {
  expect(await written('csv', ROWS)).toBe(
    'Name,Size,Path,Args\r\ninit,9007199254740993,,"[""a"",""b""]"\r\n"say ""hi"", then\nleave",0,/bin/x,\r\n',
  );
});

test('a table outside a terminal cuts nothing and has no colour', async () => {
  const long = 'x'.repeat(200);
  const text = await written('table', [{ A: long, B: 'b' }]);
  expect(text).toContain(long);
  expect(text).not.toContain('\u001b');
});

test('a table in a terminal stays within its columns', async () => {
  const rows = Array.from({ length: 150 }, (_, i) => ({ A: 'x'.repeat(i), B: 'y'.repeat(60), C: i }));
  const lines = (await written('table', rows, 80)).trimEnd().split('\n');
  expect(lines).toHaveLength(151);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('control characters in a value cannot reach the terminal', async () => {
  expect(await written('table', [{ A: 'a\u001b[2Jb\nc' }])).toBe('A\na·[2Jb·c\n');
});
