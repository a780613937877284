// Fails unless `npm start` keeps what it promises: only the verb's own output on stdout, silence on stderr once
// everything is built, and a tour that is plain text of 80 columns where there is no terminal.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const QUERY = ['query', 'SELECT ProcessId FROM Win32_Process', '--format', 'csv'];

const complaints = [];
const expectThat = (holds, complaint) => holds || complaints.push(complaint);

const [header, ...rows] = start(QUERY).stdout.trimEnd().split(/\r?\n/);
expectThat(header === 'ProcessId', `the first line of a query is ${JSON.stringify(header)}`);
expectThat(
  rows.every((row) => /^\d+$/.test(row)),
  'a query prints more than its rows',
);
expectThat(rows.includes(String(process.pid)), 'the processes are not those of this machine');

expectThat(start(QUERY).stderr === '', 'a second start is not silent on stderr');

const tour = start([]).stdout;
expectThat(/^[\n\x20-\x7e]+$/.test(tour), 'the tour is not plain text');
expectThat(
  tour.split('\n').every((line) => line.length <= 80),
  'the tour is wider than 80 columns',
);

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

function start(args) {
  const script = join(root, 'tooling/scripts/start.mjs');
  const result = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', timeout: 300_000 });
  expectThat(result.status === 0, `start ${args[0] ?? ''} ended with ${result.status}: ${result.stderr}`);
  return result;
}
