import { fork } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { connect, ntHash, passwordIdentity } from '@wmisec/auth';
import { Capabilities, WmisecError } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LOGON_CHANNEL } from '../accounts/logon-request.ts';
import { REFUSAL_CHANNEL } from '../audit/refusal-record.ts';
import { bundleProgram } from '../repository/testing.ts';
import { createService, type EmbeddedService } from './create-service.ts';

const NS = 'root\\cimv2';
const REMOTE = `\\\\srv\\${NS}`;
const SECRET = 'Zq7-perch-Ladder-19';
const WRONG = 'Xw3-otter-Candle-84';

/** Every way in which a password could have been written down. */
function spellings(password: string): string[] {
  const utf16 = Buffer.from(password, 'utf16le');
  const all = [Buffer.from(password), utf16, Buffer.from(ntHash(utf16))];
  return [
    password,
    ...all.flatMap((bytes) => [
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.join(','),
      bytes.join(', '),
      inspect(bytes).replace(/^<Buffer |>$/g, ''),
    ]),
  ];
}

let service: EmbeddedService;
let jsonLines: PassThrough;
/** All that anybody got to see. */
let shown: unknown[];
const listen = (record: unknown) => shown.push(record);

beforeEach(async () => {
  shown = [];
  jsonLines = new PassThrough({ encoding: 'utf8' });
  service = await createService({
    providers: [],
    audit: { jsonLines },
    accounts: { localAccountTokenFilterPolicy: true },
  });
  await service.accounts.addUser({ name: 'ann', password: SECRET, groups: ['Administrators'] });
  await service.accounts.addUser({ name: 'ben', password: SECRET });
  subscribe(REFUSAL_CHANNEL, listen);
  subscribe(LOGON_CHANNEL, listen);
});

afterEach(async () => {
  unsubscribe(REFUSAL_CHANNEL, listen);
  unsubscribe(LOGON_CHANNEL, listen);
  await service[Symbol.asyncDispose]();
});

function textsOf(value: unknown): string[] {
  const printed = inspect(value, {
    depth: 12,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
  });
  const texts = [String(value), printed, JSON.stringify(value) ?? ''];
  if (value instanceof Error) texts.push(value.stack ?? '', ...textsOf(value.cause ?? null));
  return texts;
}

async function failure(promise: Promise<unknown>): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WmisecError);
  shown.push(error);
}

test('no password is in an error, a record, a line of the audit, or what prints', async () => {
  const transport = service.transport({ remote: true });
  using right = passwordIdentity({ user: 'ann', password: SECRET });
  using ben = passwordIdentity({ user: 'ben', password: Buffer.from(SECRET, 'utf16le') });
  using wrong = passwordIdentity({ user: 'ann', password: WRONG });
  using twice = passwordIdentity({ user: 'CORP\\ann', password: SECRET });
  await failure(connect(REMOTE, { transport, identity: wrong }));
  await failure(connect(REMOTE, { transport, identity: ben }));
  await failure(connect(REMOTE, { transport, identity: twice, authority: 'NTLMDOMAIN:CORP' }));
  await failure(connect(NS, { transport: service.transport(), identity: right }));
  await failure(service.accounts.addUser({ name: 'ann', password: SECRET }));
  await failure(service.accounts.logon({ user: 'ann', password: WRONG, remote: true }));

  await using connection = await connect(REMOTE, { transport, identity: right });
  const cloaked = { identity: right, capabilities: Capabilities.StaticCloaking };
  await failure((async () => connection.services.setBlanket(cloaked))());
  await failure((async () => connection.services.setBlanket({ identity: wrong }))());
  await failure(connection.services.getObject('No_Such'));
  await using rows = await connection.services.createClassEnum(null);
  shown.push(rows, (await rows.next(1)).objects, connection, connection.security(), connection.services);
  shown.push(service, transport, service.accounts.list(), right, [right], { right }, `${right}`);
  right.dispose();
  await failure((async () => right.withPassword((bytes) => bytes))());
  shown.push(String(jsonLines.read()));

  const text = shown.flatMap(textsOf).join('\n');
  expect(text).toContain('[secret]');
  expect(text).toContain('dcom-access');
  expect(text).toContain('wrong-password');
  for (const spelling of [...spellings(SECRET), ...spellings(WRONG)]) expect(text).not.toContain(spelling);
});

test('a password that came on stdin is no string of the heap once everything is disposed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'wmisec-heap-'));
  try {
    const path = join(directory, 'heap.heapsnapshot');
    const program = await bundleProgram(new URL('./secret-holder.ts', import.meta.url));
    const canary = `canary-${SECRET.length}-sings`;
    const holder = fork(program, [path, canary], {
      execArgv: ['--expose-gc'],
      stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
    });
    holder.stdin!.end(`${SECRET}\n`);
    const [code] = await once(holder, 'exit');
    expect(code).toBe(0);
    expect(statSync(path).size).toBeLessThan(400 << 20);
    const heap = readFileSync(path);
    // What a program keeps as a string is found: otherwise not finding the password would say nothing.
    expect(heap.includes(canary)).toBe(true);
    for (const spelling of spellings(SECRET)) expect(heap.includes(spelling)).toBe(false);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 120_000);
