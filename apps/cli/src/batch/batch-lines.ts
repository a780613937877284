import type { Readable } from 'node:stream';
import { type Io, write } from '../io.ts';

/** A line longer than this is answered with an error and not kept, in UTF-16 units. */
const MAX_LINE = 4 * 1024 * 1024;

/**
 * Answers each line of stdin with one line on stdout, in order, and never stops at a bad one. Blank lines are
 * passed over.
 * @param answer gives a line for a line and does not throw.
 */
export async function batchLines(io: Io, answer: (line: string) => string): Promise<void> {
  for await (const lines of linesOf(io.stdin)) {
    io.signal.throwIfAborted();
    const answers = lines.map((line) => `${line === null ? TOO_LONG : answer(line)}\n`);
    if (answers.length > 0) await write(io.stdout, answers.join(''));
  }
}

const TOO_LONG = JSON.stringify({
  id: null,
  ok: false,
  code: 'LINE_TOO_LONG',
  at: MAX_LINE,
  message: `expected a line of at most ${MAX_LINE} characters, got a longer one`,
});

/** The lines of each chunk as they are complete; null stands for one that was too long. */
async function* linesOf(input: Readable): AsyncGenerator<(string | null)[]> {
  let rest = '';
  let skipping = false;
  input.setEncoding('utf8');
  for await (const chunk of input) {
    const pieces = (rest + chunk).split('\n');
    rest = pieces.pop()!;
    const lines: (string | null)[] = pieces.map((piece) => (piece.length > MAX_LINE ? null : piece));
    if (skipping && lines.length > 0) {
      lines[0] = null;
      skipping = false;
    }
    if (rest.length > MAX_LINE) {
      skipping = true;
      rest = '';
    }
    yield lines.filter(isNotBlank);
  }
  if (skipping) yield [null];
  else if (rest.trim() !== '') yield [rest];
}

function isNotBlank(line: string | null): boolean {
  return line === null || line.trim() !== '';
}
