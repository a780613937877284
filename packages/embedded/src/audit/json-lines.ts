import type { Writable } from 'node:stream';

/** Bytes that may wait in a stream before lines are left out. */
const MOST_WAITING = 1 << 20;

/**
 * Writes lines of JSON to a stream that somebody else owns and ends. A reader that is too slow loses lines rather
 * than filling memory with them; the next line that goes out is preceded by `{"lost":n}`.
 */
export class JsonLines {
  readonly #stream: Writable;
  #lost = 0;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  write(line: string): void {
    if (!this.#stream.writable || this.#stream.writableLength > MOST_WAITING) {
      this.#lost++;
      return;
    }
    const loss = this.#lost === 0 ? '' : `{"lost":${this.#lost}}\n`;
    this.#lost = 0;
    this.#stream.write(`${loss}${line}\n`);
  }
}
