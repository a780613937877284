import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testIo } from '../test-io.ts';
import { batchLines } from './batch-lines.ts';

async function answered(chunks: readonly string[]): Promise<string[]> {
  const io = { ...testIo(), stdin: Readable.from(chunks.map((chunk) => Buffer.from(chunk))) };
  await batchLines(io, (line) => `<${line.trim()}>`);
  return io.stdoutText().split('\n').slice(0, -1);
}

test('lines are answered in order, however the stream is cut', async () => {
  const lines = fc.array(fc.stringMatching(/^[a-z0-9é]{1,9}$/), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), async (texts, size) => {
      const bytes = Buffer.from(texts.join('\n'));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const io = { ...testIo(), stdin: Readable.from(chunks) };
      await batchLines(io, (line) => `<${line}>`);
      expect(io.stdoutText().split('\n').slice(0, -1)).toEqual(texts.map((text) => `<${text}>`));
    }),
  );
});

test('blank lines and CRLF are no trouble, and the last line needs no newline', async () => {
  expect(await answered(['a\r\n\r\n\nb'])).toEqual(['<a>', '<b>']);
});

test('a line that is too long gets an error in its place, and the next is answered', async () => {
  const huge = 'x'.repeat(3_000_000);
  const [first, second, third] = await answered(['a\n', huge, huge, '\nb\n']);
  expect(first).toBe('<a>');
  expect(JSON.parse(second!)).toMatchObject({ id: null, ok: false, code: 'LINE_TOO_LONG' });
  expect(third).toBe('<b>');
});
