import pc from 'picocolors';
import { type Io, write } from '../io.ts';

type Colors = ReturnType<typeof pc.createColors>;

const WIDTH = 80;
const INDENT = 3;
const LABEL = 19;

/** What the tour writes on: headings, text and marks, plain when stdout is not a terminal. */
export class Page {
  readonly colors: Colors;
  readonly io: Io;
  #chapter = 0;

  constructor(io: Io) {
    this.io = io;
    this.colors = pc.createColors(io.color);
  }

  async chapter(title: string): Promise<void> {
    this.#chapter += 1;
    await this.line('');
    await this.line(`${this.colors.cyan(String(this.#chapter))}  ${this.colors.bold(title)}`);
  }

  line(text: string): Promise<void> {
    return write(this.io.stdout, `${text}\n`);
  }

  /** Text under a chapter. */
  indented(text: string): Promise<void> {
    return this.line(`${' '.repeat(INDENT)}${text}`);
  }

  /** A label under a chapter, and text beside it that is broken at the edge of 80 columns. */
  async labelled(label: string, text: string): Promise<void> {
    const lines = brokenAt(text, WIDTH - INDENT - LABEL);
    for (const [i, line] of lines.entries())
      await this.indented(`${(i === 0 ? label : '').padEnd(LABEL)}${line}`);
  }

  /** Columns under a chapter; the last is not padded. */
  columns(cells: readonly string[], widths: readonly number[]): Promise<void> {
    const padded = cells.map((cell, i) => (i < cells.length - 1 ? cell.padEnd(widths[i]!) : cell));
    return this.indented(padded.join('').trimEnd());
  }
}

/** Breaks at blanks; a word that is longer than a line stays whole. */
function brokenAt(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
