import Table from 'cli-table3';
import { type Io, write } from '../io.ts';
import { toText } from './format-value.ts';
import type { Row, RowWriter } from './row-writer.ts';
import { visible } from './visible.ts';

/** Rows looked at before the widths are settled; those that follow keep them. */
const SAMPLE = 100;

const GAP = 2;

const BORDERLESS = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '',
  },
};

/**
 * Columns of text, widths settled by the first rows. In a terminal the columns share its width and long cells
 * are cut with an ellipsis; elsewhere nothing is cut.
 * @param sampled rows that wait for each other; 1 for a table that grows as one looks at it.
 */
export function tableWriter(io: Io, columns: readonly string[] | null, sampled = SAMPLE): RowWriter {
  let sample: Row[] | null = [];
  let layout: Layout | null = null;
  const flush = async () => {
    if (sample === null) return;
    const [first] = sample;
    const names = first === undefined ? (columns ?? []) : Object.keys(first);
    layout = settle(names, sample, io.columns);
    const rows = sample;
    sample = null;
    if (names.length > 0)
      await write(io.stdout, render(layout, [names, ...rows.map((row) => cells(names, row))], io.color));
  };
  return {
    async row(row) {
      if (sample !== null) {
        sample.push(row);
        if (sample.length === sampled) await flush();
      } else {
        await write(io.stdout, render(layout!, [cells(layout!.names, row)], false));
      }
    },
    end: flush,
  };
}

interface Layout {
  readonly names: readonly string[];
  /** In characters, the gap included. */
  readonly widths: readonly number[];
  /** Whether a cell that is too long is cut. */
  readonly cut: boolean;
}

function settle(names: readonly string[], rows: readonly Row[], columns: number | null): Layout {
  const natural = names.map(
    (name) => rows.reduce((widest, row) => Math.max(widest, cell(row, name).length), name.length) + GAP,
  );
  return columns === null
    ? { names, widths: natural, cut: false }
    : { names, widths: shareWidth(natural, columns), cut: true };
}

/** Takes from the widest until all fit, and never makes a column narrower than eight. */
function shareWidth(natural: readonly number[], columns: number): number[] {
  const widths = [...natural];
  for (let over = sum(widths) - columns; over > 0; over = sum(widths) - columns) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= 8) break;
    widths[widest]! -= Math.max(1, Math.min(over, Math.floor(widths[widest]! / 4)));
  }
  return widths;
}

function render({ widths, cut }: Layout, lines: readonly (readonly string[])[], bold: boolean): string {
  const table = new Table({
    ...BORDERLESS,
    ...(cut && { colWidths: [...widths] }),
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
  });
  const padded = cut ? lines : lines.map((line) => line.map((text, i) => text.padEnd(widths[i]! - GAP)));
  table.push(...padded.map((line) => [...line]));
  const text = table.toString().replace(/ +$/gm, '');
  return `${bold ? text.replace(/^.*$/m, (head) => `\u001b[1m${head}\u001b[22m`) : text}\n`;
}

function cells(names: readonly string[], row: Row): string[] {
  return names.map((name) => cell(row, name));
}

function cell(row: Row, name: string): string {
  return visible(toText(row[name] ?? null));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
