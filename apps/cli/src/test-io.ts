import { Readable, Writable } from 'node:stream';
import type { Io } from './io.ts';

export interface TestIo extends Io {
  stdoutText(): string;
  stderrText(): string;
}

/** Streams in memory, for tests. */
export function testIo(
  options: { stdin?: string; columns?: number | null; signal?: AbortSignal } = {},
): TestIo {
  const out = sink();
  const err = sink();
  return {
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    stdout: out.stream,
    stderr: err.stream,
    columns: options.columns ?? null,
    color: false,
    signal: options.signal ?? new AbortController().signal,
    stdoutText: out.text,
    stderrText: err.text,
  };
}

function sink(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
