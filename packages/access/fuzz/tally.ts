import { WmisecError } from '@wmisec/wbem';

const AGAIN = 5;

/** Counts what becomes of inputs, and keeps the one that took longest. */
export class Tally<Input extends string | Uint8Array> {
  readonly #name: string;
  readonly #read: (input: Input) => void;
  readonly #codes = new Map<string, number>();
  #slowest: { input: Input; ms: number } | undefined;
  inputs = 0;
  uncoded = 0;

  constructor(name: string, read: (input: Input) => void) {
    this.#name = name;
    this.#read = read;
  }

  feed(input: Input): void {
    this.inputs++;
    const start = performance.now();
    const outcome = this.#outcome(input);
    const ms = performance.now() - start;
    this.#codes.set(outcome, (this.#codes.get(outcome) ?? 0) + 1);
    if (ms > (this.#slowest?.ms ?? 0) && this.#bestOf(input) > (this.#slowest?.ms ?? 0)) {
      this.#slowest = { input, ms: this.#bestOf(input) };
    }
  }

  /** Of the slowest input, in milliseconds: the best of some repetitions, so that no pause of the machine counts. */
  slowest(): number {
    return this.#slowest?.ms ?? 0;
  }

  report(): string {
    const counts = [...this.#codes].sort(([, a], [, b]) => b - a).map(([code, n]) => `  ${n} ${code}`);
    const length = this.#slowest?.input.length ?? 0;
    const slowest = `  slowest: ${this.slowest().toFixed(2)} ms, of length ${length}`;
    return [`${this.#name}: ${this.inputs} inputs`, ...counts, slowest].join('\n');
  }

  #bestOf(input: Input): number {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < AGAIN; i++) {
      const start = performance.now();
      this.#outcome(input);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  }

  #outcome(input: Input): string {
    try {
      this.#read(input);
      return 'read';
    } catch (error) {
      if (error instanceof WmisecError) return error.code;
      this.uncoded++;
      return `error without a code: ${error}`;
    }
  }
}
