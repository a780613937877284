import { inspect } from 'node:util';
import { getHeapSnapshot } from 'node:v8';
import { ImpLevel, type Transport, WbemError, WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { type ConnectOptions, connect, diagnose, passwordFromStdin, readPasswordIdentity } from '../index.ts';

/** A password that no source text contains. */
const LETTERS = Array.from({ length: 20 }, (_, i) => 97 + ((i * 7) % 26));
const passwordText = () => String.fromCharCode(...LETTERS);
const utf16 = () => Uint8Array.from(LETTERS.flatMap((letter) => [letter, 0]));

/** A transport that refuses everybody. */
const refusing: Transport = {
  name: 'refusing',
  defaultBlanket: {},
  open: async ({ identity }) => {
    throw new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, `refused: ${identity?.user}`);
  },
};

const REMOTE = '\\\\srv\\root';
const FAILURES: readonly [title: string, target: string, options: ConnectOptions][] = [
  ['refused by the service', REMOTE, {}],
  ['credentials for this machine', 'root', {}],
  ['the domain twice', REMOTE, { authority: 'NTLMDOMAIN:CORP' }],
  ['cloaking with an identity', REMOTE, { blanket: { capabilities: 0x20 } }],
  ['delegation over NTLM', REMOTE, { allow: ['ntlm'], blanket: { impLevel: ImpLevel.Delegate } }],
  ['a service that is not allowed', REMOTE, { allow: ['kerberos'], blanket: { authnService: 10 } }],
  ['a target that is none', '\\\\', {}],
];

const identity = () => readPasswordIdentity({ user: 'CORP\\ann', password: utf16 });

test.each(FAILURES)('no error shows the password: %s', async (_, target, options) => {
  using ann = await identity();
  const error: unknown = await connect(target, { transport: refusing, ...options, identity: ann }).then(
    () => 'connected',
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  const shown = [String(error), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })];
  for (const text of shown) {
    expect(text).not.toContain(passwordText());
    expect(text).not.toContain(Buffer.from(utf16()).toString('hex'));
  }
});

test('no diagnosis shows the password', async () => {
  using ann = await identity();
  const diagnosis = await diagnose({ target: REMOTE, need: 'execQuery', transport: refusing, identity: ann });
  expect(diagnosis.verdict).toBe('refused');
  expect(inspect(diagnosis, { depth: 9 }) + JSON.stringify(diagnosis)).not.toContain(passwordText());
});

test('the search of a heap snapshot finds a string that is held', async () => {
  const held = { text: `${Date.now()} is held` };
  expect(await snapshotContains(Buffer.from(held.text))).toBe(true);
});

test('a password from standard input or a callback is in no heap snapshot after disposal', async () => {
  const fromInput = () => passwordFromStdin(once(Uint8Array.from([...LETTERS, 10])));
  for (const password of [utf16, fromInput]) {
    const ann = await readPasswordIdentity({ user: 'CORP\\ann', password });
    await connect(REMOTE, { transport: refusing, identity: ann }).catch(() => {});
    ann.dispose();
  }
  expect(await snapshotContains(Buffer.from(LETTERS))).toBe(false);
});

async function* once(chunk: Uint8Array) {
  yield chunk;
}

async function snapshotContains(secret: Buffer): Promise<boolean> {
  let tail = Buffer.alloc(0);
  for await (const chunk of getHeapSnapshot()) {
    const text = Buffer.concat([tail, chunk as Buffer]);
    if (text.includes(secret)) return true;
    tail = text.subarray(-secret.length);
  }
  return false;
}
