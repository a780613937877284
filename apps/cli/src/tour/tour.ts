import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import type { Io } from '../io.ts';
import { Page } from './page.ts';
import { ANN, GUEST } from './people.ts';
import { showProcesses } from './show-processes.ts';
import { showRefusal } from './show-refusal.ts';
import { showSecurity } from './show-security.ts';

/** A walk through what wmisec does, on data of this machine. */
export async function tour(io: Io): Promise<void> {
  const page = new Page(io);
  await page.line(page.colors.bold('wmisec: WMI whose security is set, proven and explained'));
  await using service = await createService({ principals: [ANN, GUEST] });
  await using connection = await connect('root\\cimv2', { transport: service.transport() });

  await page.chapter('Every proxy carries the security that was asked for');
  const rows = await connection.services.execQuery('SELECT Name FROM Win32_OperatingSystem');
  await showSecurity(page, connection);
  await rows[Symbol.asyncDispose]();

  await page.chapter("This machine's ten largest processes");
  await showProcesses(page, connection);

  await page.chapter('One may, another may not, and the answer says why');
  await showRefusal(page, service);

  await page.chapter('Try next');
  for (const line of NEXT) await page.indented(line);
  await page.line('');
}

const NEXT = [
  'npm start -- query "SELECT Caption, Version FROM Win32_OperatingSystem"',
  'npm start -- query "SELECT Name, FreeSpace FROM Win32_LogicalDisk" -f csv',
  'npm start -- describe Win32_Process',
  'npm start -- --help',
];
