import { type Io, write } from '../io.ts';
import { toText } from './format-value.ts';
import type { RowWriter } from './row-writer.ts';

/** CSV as RFC 4180 says, with a header line. */
export function csvWriter({ stdout }: Io, columns: readonly string[] | null): RowWriter {
  let header = columns;
  let begun = false;
  const begin = async (names: readonly string[]) => {
    begun = true;
    header = names;
    await write(stdout, line(names));
  };
  return {
    async row(row) {
      if (!begun) await begin(Object.keys(row));
      await write(stdout, line(header!.map((name) => toText(row[name] ?? null))));
    },
    async end() {
      if (!begun && header !== null) await begin(header);
    },
  };
}

function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
