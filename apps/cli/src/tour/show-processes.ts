import type { Connection } from '@wmisec/auth';
import type { PropertyBag } from '@wmisec/wbem';
import type { Page } from './page.ts';

const QUERY = 'SELECT ProcessId, Name, WorkingSetSize, ThreadCount FROM Win32_Process';
const WIDTHS = [10, 30, 12];

/** This machine's ten largest processes, and the security of the proxies while the rows are read. */
export async function showProcesses(page: Page, connection: Connection): Promise<void> {
  await page.indented(page.colors.dim(QUERY));
  const rows: PropertyBag[] = [];
  for await (const row of connection.query(QUERY)) rows.push(row);
  rows.sort((a, b) => Number(sizeOf(b) - sizeOf(a)));
  await page.columns(['ProcessId', 'Name', 'Memory', 'Threads'], WIDTHS);
  for (const row of rows.slice(0, 10)) {
    const name = String(row['Name']).slice(0, 28);
    await page.columns(
      [String(row['ProcessId']), name, megabytes(sizeOf(row)), String(row['ThreadCount'] ?? '')],
      WIDTHS,
    );
  }
  await page.indented(page.colors.dim(`${rows.length} processes in all`));
}

function sizeOf(row: PropertyBag): bigint {
  const size = row['WorkingSetSize'];
  return typeof size === 'bigint' ? size : 0n;
}

function megabytes(bytes: bigint): string {
  return `${(Number(bytes) / 1_048_576).toFixed(1)} MB`;
}
