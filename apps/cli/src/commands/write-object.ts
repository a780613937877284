import type { CimObject, CimValue } from '@wmisec/wbem';
import type { Format, RowWriter } from '../output/row-writer.ts';
import { objectRow } from './object-row.ts';

/** One object: a line a property in a table, one row otherwise. */
export async function writeObject(object: CimObject, format: Format, writer: RowWriter): Promise<void> {
  const row = objectRow(object);
  if (format === 'table') {
    for (const [Property, Value] of Object.entries(row))
      await writer.row({ Property, Value: Value as CimValue });
  } else {
    await writer.row(row);
  }
  await writer.end();
}
