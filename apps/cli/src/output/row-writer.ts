import type { CimValue } from '@wmisec/wbem';
import type { Io } from '../io.ts';
import { csvWriter } from './csv-writer.ts';
import { jsonLinesWriter, jsonWriter } from './json-writer.ts';
import { tableWriter } from './table-writer.ts';

export const FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;

export type Format = (typeof FORMATS)[number];

export type Row = Readonly<Record<string, CimValue>>;

/** Writes rows as they come. `end` closes what was begun, also when no row came. */
export interface RowWriter {
  row(row: Row): Promise<void>;
  end(): Promise<void>;
}

/** @param columns the header where no row comes; rows bring their own. */
export function rowWriter(format: Format, io: Io, columns: readonly string[] | null = null): RowWriter {
  switch (format) {
    case 'json':
      return jsonWriter(io);
    case 'jsonl':
      return jsonLinesWriter(io);
    case 'csv':
      return csvWriter(io, columns);
    case 'table':
      return tableWriter(io, columns);
  }
}
