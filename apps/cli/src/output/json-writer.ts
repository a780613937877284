import { type Io, write } from '../io.ts';
import { toJsonValue } from './format-value.ts';
import type { Row, RowWriter } from './row-writer.ts';

/** One array, a row a line. */
export function jsonWriter({ stdout }: Io): RowWriter {
  let separator = '[\n';
  return {
    async row(row) {
      await write(stdout, `${separator}  ${rowToJson(row)}`);
      separator = ',\n';
    },
    async end() {
      await write(stdout, separator === '[\n' ? '[]\n' : '\n]\n');
    },
  };
}

/** One object a line. */
export function jsonLinesWriter({ stdout }: Io): RowWriter {
  return {
    row: (row) => write(stdout, `${rowToJson(row)}\n`),
    end: async () => {},
  };
}

function rowToJson(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toJsonValue(value)])),
  );
}
