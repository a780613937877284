import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process. Tests hand in their own. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Columns of the terminal; null when stdout is not one. */
  readonly columns: number | null;
  readonly color: boolean;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
}

/** The streams of this process. The first Ctrl+C aborts `signal`, the second ends the process. */
export function processIo(): Io {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  // A reader that left early (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { stdin, stdout, stderr, env } = process;
  const color = stdout.isTTY === true && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb';
  return {
    stdin,
    stdout,
    stderr,
    columns: stdout.isTTY ? stdout.columns : null,
    color,
    signal: interrupt.signal,
  };
}

/** Writes and waits for a slow reader. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
