import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as elsewhere } from 'node:timers/promises';
import { connect } from '@wmisec/auth';
import { audit, installSubscription, openFindings, removeSubscription } from '@wmisec/events';
import { doorLog } from './door-log.ts';
import { startDoorMachine } from './door-machine.ts';
import { intrude } from './intrude.ts';

const folder = await mkdtemp(join(tmpdir(), 'wmisec-doors-'));
const file = join(folder, 'doors.log');
await using service = await startDoorMachine(folder);
await using connection = await connect('root\\subscription', { transport: service.transport() });

const { name, filter } = await installSubscription(connection, doorLog(file));
console.log(`installed ${name}, created by ${filter?.creator}`);
service.raise('Acme_Alarm', { Door: 4 });
console.log(`the log says: ${await firstLine()}`);
await report();

await intrude(connection);
await report();

await removeSubscription(connection, 'Updater');
console.log('removed Updater');
await report();

await removeSubscription(connection, name);
console.log(`removed ${name}`);
await rm(folder, { recursive: true });

async function report(): Promise<void> {
  await using root = await connect('root', { transport: service.transport() });
  const found = openFindings(await audit(root));
  console.log(`audit: ${found.length === 0 ? 'clean' : ''}`.trimEnd());
  for (const { severity, message } of found) console.log(`  ${severity}: ${message}`);
}

async function firstLine(): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return text.trimEnd();
    await elsewhere(1);
  }
}
